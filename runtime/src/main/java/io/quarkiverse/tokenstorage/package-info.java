/**
 * The types that applications use: {@link io.quarkiverse.tokenstorage.TokenStorage}, the
 * {@link io.quarkiverse.tokenstorage.AuthToken} it keeps, one exception for each thing that a caller can do about a failure,
 * and {@link io.quarkiverse.tokenstorage.HostEnvironment}, which stands for variables, working directory and home. Nothing
 * here depends on more than the JDK.
 */
package io.quarkiverse.tokenstorage;
