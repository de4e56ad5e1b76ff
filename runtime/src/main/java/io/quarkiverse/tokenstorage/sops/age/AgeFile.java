package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;

/**
 * An age file (C2SP age.md) in memory. jagged's channels would serve as well, but bring buffers of some 300 KB for a payload
 * of 32 bytes, which they do not zero, and its headers some 20 KB.
 */
final class AgeFile {

    /** A share of a data key has one byte more. */
    private static final int LONGEST_DATA_KEY = 33;
    private static final int SHORTEST_DATA_KEY = 32;
    private static final int CHUNK_LENGTH = 64 * 1024;
    private static final int SEALED_CHUNK_LENGTH = CHUNK_LENGTH + ChunkCipher.TAG_LENGTH;
    private static final int FILE_KEY_LENGTH = 16;
    private static final int NONCE_LENGTH = 16;

    private AgeFile() {
    }

    /** @param payload of at most one chunk */
    static byte[] encrypt(byte[] payload, RecipientStanzaWriter recipient, SecureRandom random)
            throws GeneralSecurityException {
        byte[] fileKey = randomBytes(FILE_KEY_LENGTH, random);
        try {
            byte[] start = AgeHeader.write(recipient.getRecipientStanzas(new FileKey(fileKey)));
            Hkdf hkdf = new Hkdf();
            byte[] end = AgeHeader.end(headerCode(hkdf, fileKey, start, start.length));
            byte[] nonce = randomBytes(NONCE_LENGTH, random);
            SymmetricKey key = payloadKey(hkdf, fileKey, nonce);
            try {
                return joined(start, end, nonce, new ChunkCipher(key).sealOnlyChunk(payload));
            } finally {
                key.destroy();
            }
        } finally {
            Arrays.fill(fileKey, (byte) 0);
        }
    }

    private static byte[] randomBytes(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
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
        AgeHeader header = AgeHeader.read(file);
        byte[] fileKey = fileKey(header, identities);
        try {
            Hkdf hkdf = new Hkdf();
            if (!MessageDigest.isEqual(headerCode(hkdf, fileKey, file, header.authenticatedLength()), header.code())) {
                throw new InvalidKeyException("The header was changed");
            }
            int start = header.length() + NONCE_LENGTH;
            int sealed = file.length - start;
            int chunks = Math.max(1, (sealed + SEALED_CHUNK_LENGTH - 1) / SEALED_CHUNK_LENGTH);
            int length = sealed - chunks * ChunkCipher.TAG_LENGTH;
            if (length < shortest || length > longest) {
                throw new InvalidKeyException("The payload has the wrong length");
            }
            SymmetricKey key = payloadKey(hkdf, fileKey, Arrays.copyOfRange(file, header.length(), start));
            try {
                return payload(file, start, key, length);
            } finally {
                key.destroy();
            }
        } finally {
            Arrays.fill(fileKey, (byte) 0);
        }
    }

    private static byte[] fileKey(AgeHeader header, RecipientStanzaReader identities) throws GeneralSecurityException {
        try {
            FileKey fileKey = identities.getFileKey(header.stanzas());
            byte[] bytes = fileKey.getEncoded();
            fileKey.destroy();
            return bytes;
        } catch (IllegalArgumentException e) {
            // How jagged answers file keys of the wrong length
            throw new InvalidKeyException("The file key is malformed", e);
        }
    }

    private static byte[] headerCode(Hkdf hkdf, byte[] fileKey, byte[] file, int length) throws GeneralSecurityException {
        return hkdf.code(hkdf.derive(new byte[Hkdf.LENGTH], fileKey, "header"), file, length);
    }

    private static SymmetricKey payloadKey(Hkdf hkdf, byte[] fileKey, byte[] nonce) throws GeneralSecurityException {
        return new SymmetricKey(hkdf.derive(nonce, fileKey, "payload"), ChunkCipher.ALGORITHM);
    }

    private static byte[] payload(byte[] file, int start, SymmetricKey key, int length) throws GeneralSecurityException {
        ChunkCipher cipher = new ChunkCipher(key);
        byte[] payload = new byte[length];
        boolean complete = false;
        try {
            int opened = 0;
            int at = start;
            for (int chunk = 0; !complete; chunk++) {
                int end = Math.min(at + SEALED_CHUNK_LENGTH, file.length);
                boolean last = end == file.length;
                if (chunk > 0 && end - at == ChunkCipher.TAG_LENGTH) {
                    throw new InvalidKeyException("The last chunk is empty");
                }
                opened += cipher.openChunk(chunk, last, file, at, end, payload, opened);
                at = end;
                complete = last;
            }
            return payload;
        } finally {
            if (!complete) {
                Arrays.fill(payload, (byte) 0);
            }
        }
    }

    /**
     * The stanzas of a file, which is not otherwise checked.
     *
     * @throws GeneralSecurityException if the header is malformed
     */
    static List<RecipientStanza> stanzas(byte[] file) throws GeneralSecurityException {
        return AgeHeader.read(file).stanzas();
    }

    static List<RecipientStanza> list(Iterable<RecipientStanza> stanzas) {
        List<RecipientStanza> list = new ArrayList<>();
        stanzas.forEach(list::add);
        return list;
    }
}
