package io.quarkiverse.tokenstorage.sops.value;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The message authentication code before its encryption: SHA-512 over the plaintexts of all scalars in document order
 * ({@code sops.go}). Not thread-safe.
 */
public final class DocumentMac {

    /** What the hash starts with if it covers encrypted values only: SHA-256 of the word "sops". */
    private static final String ENCRYPTED_ONLY_SEED = "8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69";

    private final MessageDigest digest;
    private final boolean encryptedOnly;

    public DocumentMac(boolean encryptedOnly) {
        this.encryptedOnly = encryptedOnly;
        try {
            this.digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-512", e);
        }
        if (encryptedOnly) {
            digest.update(HexFormat.of().parseHex(ENCRYPTED_ONLY_SEED));
        }
    }

    public boolean covers(boolean selected) {
        return selected || !encryptedOnly;
    }

    public void add(byte[] plaintext) {
        digest.update(plaintext);
    }

    /** The code in upper-case hexadecimal digits; ends the calculation. */
    public String finish() {
        return HexFormat.of().withUpperCase().formatHex(digest.digest());
    }
}
