/**
 * Shamir's secret sharing with the field and the share format of sops ({@code shamir/shamir.go}). Knows nothing of documents.
 * Nothing in it branches on a secret or looks it up in a table, so neither time nor cache tells anything of it.
 */
package io.quarkiverse.tokenstorage.sops.shamir;
