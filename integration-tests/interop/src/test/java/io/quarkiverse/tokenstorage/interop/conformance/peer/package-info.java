/** Who writes and reads in an exchange: the releases of sops, and this library with either engine. */
package io.quarkiverse.tokenstorage.interop.conformance.peer;
