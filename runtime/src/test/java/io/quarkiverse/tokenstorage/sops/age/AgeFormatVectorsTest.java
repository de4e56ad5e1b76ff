package io.quarkiverse.tokenstorage.sops.age;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

import javax.crypto.AEADBadTagException;
import javax.crypto.ShortBufferException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;

/**
 * The test vectors of the age format that all implementations share (C2SP CCTV, {@code age}). They are not part of this
 * project: {@code go mod download c2sp.org/CCTV/age@VERSION} puts them where they are looked for.
 */
@Timeout(60)
class AgeFormatVectorsTest {

    /** As in {@code .ci/run}. */
    private static final String VERSION = "v0.0.0-20251208015420-e9274a7bdbfd";
    private static final int NUMBER = 143;
    private static final Path DIRECTORY = goPath().resolve("pkg/mod/c2sp.org/!c!c!t!v/age@" + VERSION + "/testdata");

    private static final X25519 X25519 = new JdkX25519();

    /** What the file is, and what is to become of it. */
    private record Vector(List<String> fields, byte[] file) {

        static Vector read(String name) throws IOException {
            byte[] content = Files.readAllBytes(DIRECTORY.resolve(name));
            int end = new String(content, ISO_8859_1).indexOf("\n\n");
            byte[] file = Arrays.copyOfRange(content, end + 2, content.length);
            Vector vector = new Vector(new String(content, 0, end, UTF_8).lines().toList(), file);
            return vector.has("compressed") ? new Vector(vector.fields, inflated(file)) : vector;
        }

        private static byte[] inflated(byte[] file) throws IOException {
            return new InflaterInputStream(new ByteArrayInputStream(file)).readAllBytes();
        }

        List<String> all(String key) {
            return fields.stream().filter(field -> field.startsWith(key + ": "))
                    .map(field -> field.substring(key.length() + 2)).toList();
        }

        String one(String key) {
            assertThat(all(key)).as(key).hasSize(1);
            return all(key).get(0);
        }

        boolean has(String key) {
            return !all(key).isEmpty();
        }

        boolean isUnderAPassphrase() {
            return has("passphrase");
        }

        byte[] open() throws GeneralSecurityException {
            if (isUnderAPassphrase()) {
                LockedIdentityFile locked = new LockedIdentityFile("vector", file, X25519);
                locked.requireUsable();
                return locked.decrypt(one("passphrase").getBytes(UTF_8));
            }
            return AgeFile.decryptAll(has("armored") ? AgeArmor.decode(new String(file, ISO_8859_1)) : file, identities());
        }

        private RecipientStanzaReader identities() {
            byte[] text = all("identity").stream().collect(Collectors.joining("\n")).getBytes(UTF_8);
            return new IdentityStanzaReader(IdentityText.parse(text, false, X25519).identities());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void opensWhatIsToBeOpenedAndNothingElse(String name) throws Exception {
        assumeTrue(!name.isEmpty(), () -> "Install them: go mod download c2sp.org/CCTV/age@" + VERSION);
        Vector vector = Vector.read(name);
        ThrowingCallable opening = vector::open;

        String expected = vector.one("expect");
        if (expected.equals("success")) {
            assertThat(sha256(vector.open())).isEqualTo(vector.one("payload"));
        } else {
            assertThat(catchException(opening)).isInstanceOfAny(failures(expected, vector.isUnderAPassphrase()));
        }
    }

    /** What is said of a file whose only recipient is a passphrase is meant for the person who is asked for it. */
    private static Class<?>[] failures(String expected, boolean passphrase) {
        return switch (expected) {
            case "no match" -> passphrase
                    ? new Class<?>[] { WrongPassphraseException.class, IllegalArgumentException.class }
                    : new Class<?>[] { UnsupportedRecipientStanzaException.class };
            case "armor failure" -> new Class<?>[] { IllegalArgumentException.class };
            case "header failure" -> passphrase
                    ? new Class<?>[] { InvalidKeyException.class, IllegalArgumentException.class }
                    : new Class<?>[] { InvalidKeyException.class };
            case "HMAC failure" -> new Class<?>[] { InvalidKeyException.class };
            case "payload failure" ->
                new Class<?>[] { InvalidKeyException.class, AEADBadTagException.class, ShortBufferException.class };
            default -> throw new AssertionError("An unknown expectation: " + expected);
        };
    }

    /** Or the tests above would look green with a directory that is empty. */
    @Test
    void allVectorsAreThereWhereTheyAreRequired() throws IOException {
        boolean required = Boolean.getBoolean("tokenstorage.test.required") || "true".equals(System.getenv("CI"));
        assumeTrue(required || Files.isDirectory(DIRECTORY));

        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files).hasSize(NUMBER);
        }
    }

    static Stream<String> names() throws IOException {
        if (!Files.isDirectory(DIRECTORY)) {
            return Stream.of("");
        }
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static Path goPath() {
        String variable = System.getenv("GOPATH");
        return variable == null || variable.isEmpty() ? Path.of(System.getProperty("user.home"), "go") : Path.of(variable);
    }

    private static String sha256(byte[] payload) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    }
}
