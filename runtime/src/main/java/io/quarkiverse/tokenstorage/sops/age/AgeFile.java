package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.PayloadIvParameterSpec;
import com.exceptionfactory.jagged.framework.crypto.StandardByteBufferCipherFactory;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyReader;
import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyWriter;

/**
 * An age file (C2SP age.md) around one data key or share, in memory. jagged's channels would serve as well, but bring
 * buffers of some 300 KB for a payload of 32 bytes.
 */
final class AgeFile {

    /** A share of a data key has one byte more. */
    private static final int LONGEST_PAYLOAD = 33;
    private static final int SHORTEST_PAYLOAD = 32;
    private static final int TAG_LENGTH = 16;
    /** Version, one stanza of two lines, header code, nonce, payload: 240 bytes for X25519. */
    private static final int LONGEST_FILE = 512;

    private AgeFile() {
    }

    static byte[] encrypt(byte[] payload, RecipientStanzaWriter recipient) throws GeneralSecurityException, IOException {
        ByteBuffer file = ByteBuffer.allocate(LONGEST_FILE);
        CipherKey key = new StandardPayloadKeyWriter().writeFileHeader(file, List.of(recipient));
        try {
            new StandardByteBufferCipherFactory().newByteBufferEncryptor(key, onlyChunk()).encrypt(ByteBuffer.wrap(payload),
                    file);
            return Arrays.copyOf(file.array(), file.position());
        } finally {
            key.destroy();
        }
    }

    /**
     * @throws UnsupportedRecipientStanzaException if the identities of the reader do not fit
     * @throws GeneralSecurityException if the file is damaged in any way
     */
    static byte[] decrypt(byte[] file, RecipientStanzaReader identities) throws GeneralSecurityException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(file);
            CipherKey key = new StandardPayloadKeyReader().getPayloadKey(buffer, List.of(identities));
            try {
                int length = buffer.remaining() - TAG_LENGTH;
                if (length < SHORTEST_PAYLOAD || length > LONGEST_PAYLOAD) {
                    throw new InvalidKeyException("The payload is not as long as a data key");
                }
                byte[] payload = new byte[length];
                new StandardByteBufferCipherFactory().newByteBufferDecryptor(key, onlyChunk()).decrypt(buffer,
                        ByteBuffer.wrap(payload));
                return payload;
            } finally {
                key.destroy();
            }
        } catch (IOException | IllegalArgumentException | BufferUnderflowException e) {
            // How jagged answers headers that are cut off or hold parts of the wrong length
            throw new InvalidKeyException("The header is malformed", e);
        }
    }

    private static PayloadIvParameterSpec onlyChunk() {
        PayloadIvParameterSpec parameters = new PayloadIvParameterSpec();
        parameters.setLastChunkFlag();
        return parameters;
    }
}
