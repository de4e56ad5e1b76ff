package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

import com.exceptionfactory.jagged.bech32.Bech32;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;

/** A kind of age key, and how to make one where it is looked for. */
public enum AgeKind {

    X25519("age X25519") {
        @Override
        String create(Path home) throws IOException {
            return AgeIdentityFile.create(keyFile(home), FastestX25519.detect(), new SecureRandom(), Clock.systemUTC());
        }
    },

    SSH_ED25519("age with an SSH key, Ed25519") {
        @Override
        String create(Path home) throws IOException {
            Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
            writePem(home.resolve(".ssh/id_ed25519"), "OPENSSH PRIVATE KEY", OpenSSHPrivateKeyUtil.encodePrivateKey(key));
            return sshRecipient("ssh-ed25519", key.generatePublicKey());
        }
    },

    SSH_RSA("age with an SSH key, RSA of 3072 bits") {
        @Override
        String create(Path home) throws IOException {
            RsaPrimitives.KeyPair keys = RsaPrimitives.generate();
            writePem(home.resolve(".ssh/id_rsa"), "RSA PRIVATE KEY",
                    OpenSSHPrivateKeyUtil.encodePrivateKey(keys.privateKey()));
            return sshRecipient("ssh-rsa", keys.publicKey());
        }
    },

    POST_QUANTUM("age post-quantum, ML-KEM-768 with X25519") {
        @Override
        String create(Path home) throws IOException {
            byte[] seed = new byte[32];
            new SecureRandom().nextBytes(seed);
            Files.createDirectories(keyFile(home).getParent());
            Files.writeString(keyFile(home),
                    Bech32.getEncoder().encode("age-secret-key-pq-", seed).toString().toUpperCase(Locale.ROOT) + "\n");
            HostEnvironment environment = new HostEnvironment(Map.of("HOME", home.toString()), home, home.toString(),
                    OperatingSystem.LINUX);
            try (AgeKeyService keys = new AgeKeyService(environment, Optional.empty(), FastestX25519.detect(),
                    new SecureRandom())) {
                return keys.ownMasterKeys().orElseThrow().iterator().next();
            }
        }
    };

    private final String title;

    AgeKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * Makes a key in a home.
     *
     * @return its recipient
     */
    abstract String create(Path home) throws IOException;

    private static Path keyFile(Path home) {
        return home.resolve(".config/sops/age/keys.txt");
    }

    private static void writePem(Path file, String type, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }

    private static String sshRecipient(String type, AsymmetricKeyParameter key) throws IOException {
        return type + " " + Base64.getEncoder().encodeToString(OpenSSHPublicKeyUtil.encodePublicKey(key));
    }
}
