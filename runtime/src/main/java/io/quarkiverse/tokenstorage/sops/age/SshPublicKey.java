package io.quarkiverse.tokenstorage.sops.age;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

import com.exceptionfactory.jagged.RecipientStanzaWriter;

/** An SSH public key of a type that age can use (C2SP age.md does not tell of these; filippo.io/age/agessh does). */
final class SshPublicKey {

    static final String ED25519 = "ssh-ed25519";
    static final String RSA = "ssh-rsa";

    static final int LARGEST_RSA_BITS = 8192;
    private static final int SMALLEST_RSA_BITS = 2048;
    private static final int LARGEST_EXPONENT_BITS = 24;
    private static final int FINGERPRINT_LENGTH = 4;

    private final String type;
    private final byte[] encoded;
    private final byte[] montgomery;
    private final RSAPublicKeySpec rsa;

    private SshPublicKey(String type, byte[] encoded, byte[] montgomery, RSAPublicKeySpec rsa) {
        this.type = type;
        this.encoded = encoded;
        this.montgomery = montgomery;
        this.rsa = rsa;
    }

    /**
     * @param line type, Base64 and perhaps a comment, as in {@code id_ed25519.pub}
     * @throws IllegalArgumentException if it is malformed or of another type; the message is for people
     */
    static SshPublicKey parse(String line) {
        String[] words = line.strip().split("[ \t]+", 3);
        if (!words[0].equals(ED25519) && !words[0].equals(RSA)) {
            throw new IllegalArgumentException(
                    "its type is not " + ED25519 + " or " + RSA + ", which are all that age can use");
        }
        if (words.length < 2 || line.codePoints().anyMatch(SshPublicKey::isUnprintable)) {
            throw new IllegalArgumentException("it is not a type, the key and perhaps a comment, in one line");
        }
        byte[] encoded;
        try {
            encoded = Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not Base64");
        }
        SshPublicKey key = of(encoded);
        if (!key.type.equals(words[0])) {
            throw new IllegalArgumentException("it is of another type than the one in front of it");
        }
        return key;
    }

    /** What could hide or reorder what stands beside it where the comment is shown. */
    private static boolean isUnprintable(int character) {
        return character != '\t' && switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    /** @throws IllegalArgumentException if it is malformed or of another type; the message is for people */
    static SshPublicKey of(byte[] encoded) {
        SshReader reader = new SshReader(encoded);
        String type = reader.text();
        switch (type) {
            case ED25519 -> {
                byte[] point = reader.string();
                reader.requireEnd();
                if (point.length != X25519.LENGTH) {
                    throw new IllegalArgumentException("its length is wrong");
                }
                return new SshPublicKey(type, encoded.clone(), EdwardsPoint.montgomery(point), null);
            }
            case RSA -> {
                BigInteger exponent = reader.mpint();
                BigInteger modulus = reader.mpint();
                reader.requireEnd();
                return new SshPublicKey(type, encoded.clone(), null, rsa(modulus, exponent));
            }
            default -> throw new IllegalArgumentException(
                    "its type is not " + ED25519 + " or " + RSA + ", which are all that age can use");
        }
    }

    static SshPublicKey ofEd25519(byte[] point) {
        return of(encode(ED25519, point));
    }

    static SshPublicKey ofRsa(BigInteger modulus, BigInteger exponent) {
        return of(encode(RSA, exponent.toByteArray(), modulus.toByteArray()));
    }

    private static RSAPublicKeySpec rsa(BigInteger modulus, BigInteger exponent) {
        if (modulus.bitLength() < SMALLEST_RSA_BITS || modulus.bitLength() > LARGEST_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key for age has " + SMALLEST_RSA_BITS + " to " + LARGEST_RSA_BITS
                    + " bits, and this one has " + modulus.bitLength());
        }
        if (exponent.bitLength() > LARGEST_EXPONENT_BITS || !exponent.testBit(0) || exponent.bitLength() < 2) {
            throw new IllegalArgumentException("its exponent is not one that is in use");
        }
        return new RSAPublicKeySpec(modulus, exponent);
    }

    private static byte[] encode(String type, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, type.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            append(out, part);
        }
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, byte[] part) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(part.length >>> shift);
        }
        out.writeBytes(part);
    }

    RecipientStanzaWriter stanzaWriter(X25519 x25519, SecureRandom random) {
        return type.equals(RSA) ? new SshRsaRecipient(this, rsa, random) : new SshEd25519Recipient(this, x25519, random);
    }

    String type() {
        return type;
    }

    /** The array itself; not to be changed. */
    byte[] encoded() {
        return encoded;
    }

    /** The X25519 public key of an Ed25519 key; the array itself, not to be changed. */
    byte[] montgomery() {
        return montgomery;
    }

    /** What stanzas tell of their recipient: a hint of 32 bits. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(encoded);
            return WrappedFileKey.text(Arrays.copyOf(hash, FINGERPRINT_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Type and Base64, without a comment. */
    String text() {
        return type + ' ' + Base64.getEncoder().encodeToString(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return text();
    }
}
