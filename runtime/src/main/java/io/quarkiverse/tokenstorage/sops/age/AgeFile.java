package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.PayloadIvParameterSpec;
import com.exceptionfactory.jagged.framework.crypto.StandardByteBufferCipherFactory;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyReader;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyWriter;

/**
 * An age file (C2SP age.md) in memory. jagged's channels would serve as well, but bring buffers of some 300 KB for a payload
 * of 32 bytes, and do not zero them.
 */
final class AgeFile {

    /** A share of a data key has one byte more. */
    private static final int LONGEST_DATA_KEY = 33;
    private static final int SHORTEST_DATA_KEY = 32;
    private static final int CHUNK_LENGTH = 64 * 1024;
    private static final int TAG_LENGTH = 16;
    /** Version, one stanza, header code, nonce, payload: 240 bytes for X25519, 1800 if post-quantum. */
    private static final int LONGEST_FILE = 4096;

    private AgeFile() {
    }

    static byte[] encrypt(byte[] payload, RecipientStanzaWriter recipient) throws GeneralSecurityException, IOException {
        ByteBuffer file = ByteBuffer.allocate(LONGEST_FILE);
        CipherKey key = new StandardPayloadKeyWriter().writeFileHeader(file, List.of(recipient));
        try {
            PayloadIvParameterSpec iv = new PayloadIvParameterSpec();
            iv.setLastChunkFlag();
            new StandardByteBufferCipherFactory().newByteBufferEncryptor(key, iv).encrypt(ByteBuffer.wrap(payload), file);
            return Arrays.copyOf(file.array(), file.position());
        } finally {
            key.destroy();
        }
    }

    /**
     * A file that holds a data key or share.
     *
     * @throws UnsupportedRecipientStanzaException if the identities of the reader do not fit
     * @throws GeneralSecurityException if the file is damaged in any way
     */
    static byte[] decrypt(byte[] file, RecipientStanzaReader identities) throws GeneralSecurityException {
        return decrypt(file, identities, SHORTEST_DATA_KEY, LONGEST_DATA_KEY);
    }

    /** A file of any length. */
    static byte[] decryptAll(byte[] file, RecipientStanzaReader identities) throws GeneralSecurityException {
        return decrypt(file, identities, 0, file.length);
    }

    private static byte[] decrypt(byte[] file, RecipientStanzaReader identities, int shortest, int longest)
            throws GeneralSecurityException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(file);
            CipherKey key = new StandardPayloadKeyReader().getPayloadKey(buffer, List.of(identities));
            try {
                int length = buffer.remaining();
                int chunks = Math.max(1, (length + CHUNK_LENGTH + TAG_LENGTH - 1) / (CHUNK_LENGTH + TAG_LENGTH));
                int payload = length - chunks * TAG_LENGTH;
                if (payload < shortest || payload > longest) {
                    throw new InvalidKeyException("The payload has the wrong length");
                }
                return payload(buffer, key, payload, chunks);
            } finally {
                key.destroy();
            }
        } catch (IOException | IllegalArgumentException | BufferUnderflowException e) {
            // How jagged answers headers that are cut off or hold parts of the wrong length
            throw new InvalidKeyException("The header is malformed", e);
        }
    }

    private static byte[] payload(ByteBuffer buffer, CipherKey key, int length, int chunks) throws GeneralSecurityException {
        ByteBuffer payload = ByteBuffer.allocate(length);
        PayloadIvParameterSpec iv = new PayloadIvParameterSpec();
        boolean complete = false;
        try {
            for (int chunk = 1; chunk <= chunks; chunk++) {
                if (chunk == chunks) {
                    iv.setLastChunkFlag();
                }
                int end = Math.min(buffer.position() + CHUNK_LENGTH + TAG_LENGTH, buffer.capacity());
                new StandardByteBufferCipherFactory().newByteBufferDecryptor(key, iv).decrypt(buffer.limit(end), payload);
                iv.incrementInitializationVector();
            }
            complete = true;
            return payload.array();
        } finally {
            if (!complete) {
                Arrays.fill(payload.array(), (byte) 0);
            }
        }
    }

    /**
     * The stanzas of a file, which is not otherwise checked.
     *
     * @throws GeneralSecurityException if the header is malformed
     */
    static List<RecipientStanza> stanzas(byte[] file) throws GeneralSecurityException {
        List<RecipientStanza> stanzas = new ArrayList<>();
        try {
            decryptAll(file, all -> {
                all.forEach(stanzas::add);
                throw new UnsupportedRecipientStanzaException("Only looked at");
            });
        } catch (UnsupportedRecipientStanzaException e) {
            // As meant
        }
        return stanzas;
    }

    static List<RecipientStanza> list(Iterable<RecipientStanza> stanzas) {
        List<RecipientStanza> list = new ArrayList<>();
        stanzas.forEach(list::add);
        return list;
    }
}
