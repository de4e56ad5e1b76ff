package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged and hostile key files: each is refused with a reason, in bounded time, and never quoted. */
class SshPrivateKeyTest {

    private final byte[] seed = new byte[32];
    private final byte[] point;

    SshPrivateKeyTest() {
        new SecureRandom().nextBytes(seed);
        point = new BouncyCastleAlgorithms().ed25519PublicKey(seed);
    }

    @Test
    void readsWhatIsWellFormed() throws GeneralSecurityException {
        Identity identity = read(pem(file("none", "none", new byte[0], privatePart(point, seed))));
        assertThat(identity.recipient()).isEqualTo(SshPublicKey.ofEd25519(point).text());
        assertThat(identity.toString()).doesNotContain(Base64.getEncoder().encodeToString(seed).substring(0, 20));
    }

    @Test
    void refusesEveryCutAndNoticesHalvesThatDoNotMatch() {
        byte[] file = file("none", "none", new byte[0], privatePart(point, seed));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> read(pem(cut))).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        }
        byte[] other = seed.clone();
        other[0] ^= 1;
        assertThatThrownBy(() -> read(pem(file("none", "none", new byte[0], privatePart(point, other)))))
                .hasMessageContaining("do not belong together");
    }

    @Test
    void answersRandomChangesWithAReason() {
        byte[] file = file("none", "none", new byte[0], privatePart(point, seed));
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            byte[] changed = file.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                assertThat(read(pem(changed)).recipient()).startsWith("ssh-ed25519 ");
            } catch (IllegalArgumentException | GeneralSecurityException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "aes256-ctr, bcrypt, 1001, rounds", "aes256-ctr, bcrypt, -1, rounds", "aes256-ctr, bcrypt, 0, rounds",
            "chacha20-poly1305@openssh.com, bcrypt, 16, the cipher that protects it", "aes256-ctr, argon, 16, the cipher",
            "aes256-ctr, none, 16, the cipher", "none, bcrypt, 16, the cipher" })
    void boundsTheWorkOfAPassphrase(String cipher, String derivation, int rounds, String problem) {
        byte[] options = join(string(new byte[16]), ByteBuffer.allocate(4).putInt(rounds).array());
        assertThatThrownBy(() -> SshPrivateKey.parse(pem(file(cipher, derivation, options, new byte[64]))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({ "'', no private key in PEM form", "'-----BEGIN ', no private key",
            "'-----BEGIN RSA PRIVATE KEY-----', its end", "'x-----BEGIN RSA PRIVATE KEY-----', no private key",
            "'-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----', not an RSA or Ed25519",
            "'-----BEGIN RSA PRIVATE KEY-----\n*\n-----END RSA PRIVATE KEY-----', not Base64",
            "'-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----', the cipher",
            "'-----BEGIN OPENSSH PRIVATE KEY-----\n\n-----END OPENSSH PRIVATE KEY-----', openssh-key-v1" })
    void saysWhatItIsNot(String text, String problem) {
        assertThatThrownBy(() -> SshPrivateKey.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(problem).hasNoCause();
    }

    private static Identity read(byte[] file) throws GeneralSecurityException {
        SshPrivateKey key = SshPrivateKey.parse(file);
        return key.identity(key.decrypt(new byte[0]), new JdkX25519());
    }

    private byte[] file(String cipher, String derivation, byte[] options, byte[] privatePart) {
        return join("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII), string(cipher), string(derivation),
                string(options), new byte[] { 0, 0, 0, 1 }, string(SshPublicKey.ofEd25519(point).encoded()),
                string(privatePart));
    }

    private static byte[] privatePart(byte[] point, byte[] seed) {
        byte[] content = join(new byte[] { 9, 8, 7, 6, 9, 8, 7, 6 }, string("ssh-ed25519"), string(point),
                string(join(seed, point)), string("me"));
        byte[] padding = new byte[(8 - content.length % 8) % 8];
        for (int i = 0; i < padding.length; i++) {
            padding[i] = (byte) (i + 1);
        }
        return join(content, padding);
    }

    private static byte[] pem(byte[] content) {
        return ("-----BEGIN OPENSSH PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(content)
                + "\n-----END OPENSSH PRIVATE KEY-----\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] string(String text) {
        return string(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] string(byte[] bytes) {
        return join(ByteBuffer.allocate(4).putInt(bytes.length).array(), bytes);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
