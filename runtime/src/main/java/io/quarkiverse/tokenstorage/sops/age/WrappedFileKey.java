package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.AEADBadTagException;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;

/** What the stanzas of most types have in common: binary arguments, and a file key sealed with ChaCha20-Poly1305 as body. */
final class WrappedFileKey {

    static final int LENGTH = 32;

    private WrappedFileKey() {
    }

    /** @param wrapKey is destroyed */
    static byte[] seal(FileKey fileKey, CipherKey wrapKey) throws GeneralSecurityException {
        try {
            return new FileKeyEncryptorFactory().newFileKeyEncryptor().getEncryptedFileKey(fileKey, wrapKey).getEncoded();
        } finally {
            wrapKey.destroy();
        }
    }

    /**
     * @param wrapKey is destroyed
     * @return empty if it is sealed with another key
     */
    static Optional<FileKey> open(byte[] body, CipherKey wrapKey) throws GeneralSecurityException {
        try {
            requireLength(body);
            return Optional.of(new FileKeyDecryptorFactory().newFileKeyDecryptor().getFileKey(new EncryptedFileKey(body),
                    wrapKey));
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
        try {
            byte[] argument = CanonicalBase64.getDecoder()
                    .decode(stanza.getArguments().get(index).getBytes(StandardCharsets.ISO_8859_1));
            if (argument.length == length) {
                return argument;
            }
        } catch (IllegalArgumentException e) {
            // Answered below: not Base64, too
        }
        throw new InvalidKeyException("An argument of the stanza is malformed");
    }

    /** The form of binary arguments: Base64 without padding. */
    static String text(byte[] argument) {
        return Base64.getEncoder().withoutPadding().encodeToString(argument);
    }

    /** The stanzas of a writer that makes one. */
    static Iterable<RecipientStanza> stanza(String type, List<String> arguments, byte[] body) {
        return List.of(new Stanza(type, List.copyOf(arguments), body));
    }

    private record Stanza(String type, List<String> arguments, byte[] body) implements RecipientStanza {

        @Override
        public String getType() {
            return type;
        }

        @Override
        public List<String> getArguments() {
            return arguments;
        }

        @Override
        public byte[] getBody() {
            return body.clone();
        }
    }
}
