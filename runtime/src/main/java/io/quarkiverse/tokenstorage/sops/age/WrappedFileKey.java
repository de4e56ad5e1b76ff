package io.quarkiverse.tokenstorage.sops.age;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.AEADBadTagException;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

import io.quarkiverse.tokenstorage.sops.text.StrictBase64;

/** What the stanzas of most types have in common: binary arguments, and a file key sealed with ChaCha20-Poly1305 as body. */
final class WrappedFileKey {

    static final int LENGTH = 32;

    private WrappedFileKey() {
    }

    /** @param wrapKey is destroyed */
    static byte[] seal(FileKey fileKey, SymmetricKey wrapKey) throws GeneralSecurityException {
        byte[] plain = fileKey.getEncoded();
        try {
            return new ChunkCipher(wrapKey).seal(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
            wrapKey.destroy();
        }
    }

    /**
     * @param wrapKey is destroyed
     * @return empty if it is sealed with another key
     */
    static Optional<FileKey> open(byte[] body, SymmetricKey wrapKey) throws GeneralSecurityException {
        try {
            requireLength(body);
            return Optional.of(new FileKey(new ChunkCipher(wrapKey).open(body)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } finally {
            wrapKey.destroy();
        }
    }

    /** Other lengths would allow tricks with several keys at once (C2SP age.md, "Recipient stanzas"). */
    static void requireLength(byte[] body) throws InvalidKeyException {
        if (body.length != LENGTH) {
            throw new InvalidKeyException("The wrapped file key has the wrong length");
        }
    }

    static void requireArguments(RecipientStanza stanza, int count) throws InvalidKeyException {
        if (stanza.getArguments().size() != count) {
            throw new InvalidKeyException("The stanza has not " + count + " arguments");
        }
    }

    /** An argument of a stanza, decoded. */
    static byte[] argument(RecipientStanza stanza, int index, int length) throws InvalidKeyException {
        String text = stanza.getArguments().get(index);
        byte[] argument = new byte[length];
        if (StrictBase64.bareLength(0, text.length()) == length
                && StrictBase64.decodeBare(text, 0, text.length(), argument, 0)) {
            return argument;
        }
        throw new InvalidKeyException("An argument of the stanza is malformed");
    }

    /** The form of binary arguments: Base64 without padding. */
    static String text(byte[] argument) {
        return Base64.getEncoder().withoutPadding().encodeToString(argument);
    }

    /** The stanzas of a writer that makes one. */
    static Iterable<RecipientStanza> stanza(String type, List<String> arguments, byte[] body) {
        return List.of(new Stanza(type, arguments, body));
    }
}
