package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.files.RegularFile;

/**
 * What a source of identities holds: identities, or some under a passphrase.
 *
 * @param text the identities; none if {@code locked}
 * @param locked what is under a passphrase
 */
record SourceContent(IdentityText text, Optional<LockedIdentities> locked) {

    private static final int LARGEST_PUBLIC_KEY_FILE = 1 << 16;
    private static final IdentityText NOTHING = new IdentityText(List.of(), List.of());

    /**
     * @param content is left as it is
     * @throws IllegalArgumentException if it is malformed; the message is for people and tells nothing of it
     */
    static SourceContent parse(IdentitySource source, byte[] content, X25519 x25519) {
        if (source.form() == IdentitySource.Form.SSH_KEY) {
            return sshKey(source, content, x25519);
        }
        if (LockedIdentityFile.recognizes(content)) {
            return new SourceContent(NOTHING, Optional.of(new LockedIdentityFile(source.label(), content, x25519)));
        }
        return new SourceContent(IdentityText.parse(content, source.form() == IdentitySource.Form.WORDS, x25519),
                Optional.empty());
    }

    private static SourceContent sshKey(IdentitySource source, byte[] content, X25519 x25519) {
        SshPrivateKey key = SshPrivateKey.parse(content);
        if (key.isProtected()) {
            Path file = source.file().orElseThrow(() -> new IllegalArgumentException("it printed a key under a passphrase: let"
                    + " it print one without, or name the file in " + IdentitySources.SSH_FILE_VARIABLE));
            SshPublicKey publicKey = key.publicKey().orElseGet(() -> publicKeyBeside(file));
            return new SourceContent(NOTHING, Optional.of(new LockedSshKey(source.label(), key, publicKey, x25519)));
        }
        byte[] plain = {};
        try {
            plain = key.decrypt(plain);
            return new SourceContent(new IdentityText(List.of(key.identity(plain, x25519)), List.of()), Optional.empty());
        } catch (MissingBouncyCastleException e) {
            return new SourceContent(new IdentityText(List.of(), List.of(e.getMessage())), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it is damaged");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Older formats do not tell the public half of what they protect ({@code age/ssh_parse.go}). */
    private static SshPublicKey publicKeyBeside(Path privateKey) {
        Path file = privateKey.resolveSibling(privateKey.getFileName() + ".pub");
        String problem;
        try {
            String text = new String(RegularFile.read(file, LARGEST_PUBLIC_KEY_FILE), StandardCharsets.UTF_8);
            return SshPublicKey.parse(text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).findFirst()
                    .orElse(""));
        } catch (FileSystemException e) {
            problem = e.getReason();
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
        }
        throw new IllegalArgumentException("it does not tell its public key, and that is not in " + file + " ("
                + problem + "): 'ssh-keygen -y -f' with its path prints it");
    }
}
