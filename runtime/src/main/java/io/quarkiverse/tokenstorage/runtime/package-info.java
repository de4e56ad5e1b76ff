/**
 * What makes the library a Quarkus extension: configuration, beans, and the checks at start. Nothing here is needed without
 * Quarkus, and no other package knows of it.
 */
package io.quarkiverse.tokenstorage.runtime;
