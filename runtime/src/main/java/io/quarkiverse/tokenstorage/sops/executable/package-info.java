/**
 * SOPS by the {@code sops} program, for keys that are not built in: documents go through standard input and output, so that
 * plain text is never in a file, an argument or a variable. Slower than this library by the start of a process and whatever
 * sops asks for each time; prefer the engine inside this process where it knows the keys.
 */
package io.quarkiverse.tokenstorage.sops.executable;
