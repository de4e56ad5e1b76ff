/**
 * The values of a document: their cipher, their types and texts, and the code over all of them, as sops makes them
 * ({@code aes/cipher.go}, {@code sops.go}).
 */
package io.quarkiverse.tokenstorage.sops.value;
