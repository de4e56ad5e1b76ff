/**
 * The PGP keys of SOPS, through the {@code gpg} program as sops itself does with any modern GnuPG ({@code pgp/keysource.go}).
 * Private keys and passphrases stay with gpg and its agent. Data keys go through pipes only; what {@code gpg} is to decrypt
 * comes from a file that anybody may have written, so it is looked at before.
 */
package io.quarkiverse.tokenstorage.sops.pgp;
