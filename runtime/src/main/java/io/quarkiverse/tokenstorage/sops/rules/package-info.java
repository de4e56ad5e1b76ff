/**
 * The creation rules of {@code .sops.yaml}: which keys a new document is encrypted for, and which of its values are
 * encrypted. Semantics are those of sops ({@code config/config.go}); where the file is searched is wider than there. All
 * kinds of keys are read; a {@link io.quarkiverse.tokenstorage.sops.KeyService} for their kind makes them usable.
 */
package io.quarkiverse.tokenstorage.sops.rules;
