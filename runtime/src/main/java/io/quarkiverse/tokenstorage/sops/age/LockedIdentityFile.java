package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.exceptionfactory.jagged.RecipientStanza;

/**
 * An identity file that is itself an age file under a passphrase, as {@code age -p} makes it, armored or not
 * ({@code age/encrypted_keys.go}). May hold native identities only.
 */
final class LockedIdentityFile implements LockedIdentities {

    private static final String ARMOR_START = "-----BEGIN AGE";
    private static final String BINARY_START = "age-encryption";
    private static final Set<String> NATIVE = Set.of(X25519WrapKey.STANZA_TYPE, HybridRecipient.STANZA_TYPE);

    private final String label;
    private final byte[] content;
    private final X25519 x25519;

    /** @param content is left as it is */
    LockedIdentityFile(String label, byte[] content, X25519 x25519) {
        this.label = label;
        this.content = content.clone();
        this.x25519 = x25519;
    }

    /** Whether the content is an age file, rather than lines of identities. */
    static boolean recognizes(byte[] content) {
        return startsWith(content, BINARY_START) || startsWith(content, ARMOR_START);
    }

    private static boolean startsWith(byte[] content, String ascii) {
        return content.length >= ascii.length()
                && new String(content, 0, ascii.length(), StandardCharsets.ISO_8859_1).equals(ascii);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Optional<SshPublicKey> publicKey() {
        return Optional.empty();
    }

    @Override
    public boolean mayOpen(List<RecipientStanza> stanzas) {
        return stanzas.stream().map(RecipientStanza::getType).anyMatch(NATIVE::contains);
    }

    @Override
    public void requireUsable() throws GeneralSecurityException {
        ScryptStanza.of(AgeFile.stanzas(file())).requireUsable();
        OptionalBouncyCastle.required("identity files under a passphrase");
    }

    @Override
    public byte[] decrypt(byte[] passphrase) throws GeneralSecurityException {
        AdditionalAlgorithms algorithms = OptionalBouncyCastle.required("identity files under a passphrase");
        return AgeFile.decryptAll(file(), stanzas -> ScryptStanza.of(AgeFile.list(stanzas)).open(passphrase, algorithms));
    }

    private byte[] file() {
        return startsWith(content, ARMOR_START) ? AgeArmor.decode(new String(content, StandardCharsets.ISO_8859_1)) : content;
    }

    @Override
    public IdentityText read(byte[] plain) {
        return IdentityText.parseProtected(plain, x25519);
    }
}
