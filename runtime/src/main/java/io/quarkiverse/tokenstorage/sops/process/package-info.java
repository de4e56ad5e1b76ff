/**
 * Programs run as children of this process: found without a shell and never in a directory that nobody named, given their
 * input through a pipe, bounded in time and output. Nothing secret belongs into their arguments or environment.
 */
package io.quarkiverse.tokenstorage.sops.process;
