/** The engine that runs the real sops, beside the one built in. */
package io.quarkiverse.tokenstorage.interop.engine;
