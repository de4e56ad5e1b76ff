/** The kinds of keys that documents are exchanged under. */
package io.quarkiverse.tokenstorage.interop.conformance.keys;
