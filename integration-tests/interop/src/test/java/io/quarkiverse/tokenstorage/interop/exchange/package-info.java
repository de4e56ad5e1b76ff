/**
 * The two sides of an exchange, the real sops and this library, in one
 * {@link io.quarkiverse.tokenstorage.interop.exchange.Sandbox}
 * of files and variables; and how their documents are compared. Everything else here stands on it.
 */
package io.quarkiverse.tokenstorage.interop.exchange;
