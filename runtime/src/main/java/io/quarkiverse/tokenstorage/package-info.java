/**
 * The types that applications use: {@link io.quarkiverse.tokenstorage.TokenStorage}, the
 * {@link io.quarkiverse.tokenstorage.AuthToken} it keeps, and one exception for each thing that a caller can do about a
 * failure. Nothing here depends on more than the JDK.
 */
package io.quarkiverse.tokenstorage;
