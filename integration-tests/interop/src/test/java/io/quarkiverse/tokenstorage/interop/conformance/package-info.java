/**
 * Every kind of value under every selector and every kind of keys, exchanged with every release; and the page of the
 * documentation that shows the results.
 */
package io.quarkiverse.tokenstorage.interop.conformance;
