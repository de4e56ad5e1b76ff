package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.util.Optional;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/**
 * A private key of any kind that opens age files. Closing zeroes what can be zeroed. Thread-safe as long as nobody closes it.
 */
interface Identity extends AutoCloseable {

    /** The public half as text, without a comment; names this identity. */
    String recipient();

    /** The type of the stanzas that this kind of identity opens. */
    String stanzaType();

    /**
     * Tries to open a stanza.
     *
     * @param stanza of {@link #stanzaType()}
     * @return empty if it is for somebody else
     * @throws GeneralSecurityException if it is malformed
     */
    Optional<FileKey> unwrap(RecipientStanza stanza) throws GeneralSecurityException;

    @Override
    void close();
}
