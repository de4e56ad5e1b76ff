/** The values and selectors that are exchanged, and what may become of a value. */
package io.quarkiverse.tokenstorage.interop.conformance.value;
