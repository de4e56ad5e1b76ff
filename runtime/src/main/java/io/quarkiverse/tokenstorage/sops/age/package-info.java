/**
 * The age keys of SOPS. Formats and cryptography are those of the age specification (C2SP age.md), between the interfaces
 * of jagged; where identities come from, and how they are read, is what sops does ({@code age/keysource.go}). Identities are
 * secrets: they live in holders that zero themselves, and no message says anything of their text.
 */
package io.quarkiverse.tokenstorage.sops.age;
