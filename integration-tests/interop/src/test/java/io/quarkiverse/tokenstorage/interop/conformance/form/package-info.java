/** Documents that this library does not write, but must read. */
package io.quarkiverse.tokenstorage.interop.conformance.form;
