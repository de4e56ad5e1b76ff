package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

import com.exceptionfactory.jagged.RecipientStanza;

/** Identities under a passphrase, as their source holds them. Immutable, holds nothing secret in clear. */
interface LockedIdentities {

    /** Their source and its path, for people. */
    String label();

    /** The public half, if it can be told without the passphrase. */
    Optional<SshPublicKey> publicKey();

    /** Whether one of these stanzas may be for them, so that it is worth asking for the passphrase. */
    boolean mayOpen(List<RecipientStanza> stanzas);

    /**
     * Makes sure that the passphrase would be of use, before anybody is asked for it.
     *
     * @throws GeneralSecurityException if it would not
     * @throws IllegalArgumentException if they are malformed; the message is for people
     */
    void requireUsable() throws GeneralSecurityException;

    /**
     * The secret content in clear; the caller zeroes it. Takes a second or so.
     *
     * @throws WrongPassphraseException if this is not the passphrase
     * @throws IllegalArgumentException if they are malformed; the message is for people
     */
    byte[] decrypt(byte[] passphrase) throws GeneralSecurityException;

    /**
     * The identities in the content.
     *
     * @param plain is left as it is
     * @throws IllegalArgumentException if it is malformed; the message is for people and tells nothing of it
     */
    IdentityText read(byte[] plain) throws GeneralSecurityException;
}
