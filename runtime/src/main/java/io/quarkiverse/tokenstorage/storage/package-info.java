/**
 * The backends: a codec (plain JSON, or SOPS) over a store, and {@link io.quarkiverse.tokenstorage.storage.TokenStorages},
 * which makes them without any framework.
 */
package io.quarkiverse.tokenstorage.storage;
