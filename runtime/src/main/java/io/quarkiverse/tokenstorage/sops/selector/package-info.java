/**
 * Which values of a document are encrypted: suffixes and expressions with the meaning of RE2, as sops has them
 * ({@code sops.go}). Without a selector that matches, a value stays in clear.
 */
package io.quarkiverse.tokenstorage.sops.selector;
