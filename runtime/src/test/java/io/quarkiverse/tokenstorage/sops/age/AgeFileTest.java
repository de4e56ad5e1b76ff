package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanzaReader;

/** Payloads of several chunks (C2SP age.md, "Payload"), which only identity files under a passphrase can have. */
class AgeFileTest {

    private static final int CHUNK = 64 * 1024;

    private final SecureRandom random = new SecureRandom();
    private final X25519Identity identity = X25519Identity.generate(random, new JdkX25519());
    private final RecipientStanzaReader reader = new IdentityStanzaReader(List.of(identity));
    private final byte[] fileKey = randomBytes(16);
    private final byte[] nonce = randomBytes(16);

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 77 })
    void readsPayloadsOfAnyLength(int length) throws Exception {
        byte[] payload = randomBytes(length);
        assertThat(AgeFile.decryptAll(file(payload, chunks(payload)), reader)).isEqualTo(payload);
    }

    @Test
    void refusesAnEmptyLastChunkAfterOthers() throws Exception {
        byte[] payload = randomBytes(CHUNK);
        assertRefused(file(payload, 2));
    }

    @Test
    void refusesWhatWasCutOffOrHasMoreBehindIt() throws Exception {
        byte[] payload = randomBytes(2 * CHUNK + 5);
        byte[] file = file(payload, 3);
        int start = file.length - payload.length - 3 * 16;
        for (int length : new int[] { start - 16, start - 1, start, start + 15, start + 16, start + CHUNK + 16,
                start + CHUNK + 32,
                start + 2 * (CHUNK + 16), start + 2 * (CHUNK + 16) + 16, file.length - 1 }) {
            assertRefused(Arrays.copyOf(file, length));
        }
        assertRefused(Arrays.copyOf(file, file.length + 1));
        assertRefused(Arrays.copyOf(file, file.length + CHUNK));
    }

    @Test
    void refusesChunksInAnotherOrder() throws Exception {
        byte[] payload = randomBytes(3 * CHUNK);
        byte[] file = file(payload, 3);
        int first = file.length - 3 * (CHUNK + 16);
        byte[] swapped = file.clone();
        System.arraycopy(file, first, swapped, first + CHUNK + 16, CHUNK + 16);
        System.arraycopy(file, first + CHUNK + 16, swapped, first, CHUNK + 16);
        assertRefused(swapped);
    }

    @Test
    void refusesEveryChangedByteOfTheHeader() throws Exception {
        byte[] file = AgeFile.encrypt(new byte[32], recipient(), random);
        int length = AgeHeader.read(file).length();
        assertThat(AgeFile.decrypt(file, reader)).isEqualTo(new byte[32]);
        for (int i = 0; i < length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = file.clone();
                changed[i] ^= (byte) (1 << bit);
                assertRefused(changed);
            }
        }
    }

    private void assertRefused(byte[] file) {
        assertThatThrownBy(() -> AgeFile.decryptAll(file, reader)).isInstanceOf(GeneralSecurityException.class);
    }

    private static int chunks(byte[] payload) {
        return Math.max(1, (payload.length + CHUNK - 1) / CHUNK);
    }

    private X25519Recipient recipient() {
        return X25519Recipient.parse(identity.recipient(), new JdkX25519(), random);
    }

    private byte[] file(byte[] payload, int chunks) throws Exception {
        Hkdf hkdf = new Hkdf();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] start = AgeHeader.write(recipient().getRecipientStanzas(new FileKey(fileKey.clone())));
        file.write(start);
        file.write(AgeHeader.end(hkdf.code(hkdf.derive(new byte[32], fileKey, "header"), start, start.length)));
        file.write(nonce);
        SecretKeySpec key = new SecretKeySpec(hkdf.derive(nonce, fileKey, "payload"), "ChaCha20");
        for (int chunk = 0; chunk < chunks; chunk++) {
            byte[] counter = new byte[12];
            counter[10] = (byte) chunk;
            counter[11] = (byte) (chunk == chunks - 1 ? 1 : 0);
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            file.write(cipher.doFinal(payload, Math.min(chunk * CHUNK, payload.length),
                    Math.min(CHUNK, payload.length - Math.min(chunk * CHUNK, payload.length))));
        }
        return file.toByteArray();
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
