package io.quarkiverse.tokenstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Documents for PGP keys: sops and this library use the same gpg with the same keys, and read what the other wrote. */
class PgpTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\",\"expires\":1.5,\"scope\":[\"a\",true,null]}"
            .getBytes(StandardCharsets.UTF_8);
    private static final String PASSPHRASE = "correct horse";

    private static GpgHome gpg;
    private static String plain;
    private static String locked;

    @TempDir
    Path directory;
    Sandbox box;

    @BeforeAll
    static void keys() {
        RealProgram.SOPS.required();
        gpg = new GpgHome();
        plain = gpg.generate("plain", "");
        locked = gpg.generate("locked", PASSPHRASE);
    }

    @AfterAll
    static void close() {
        if (gpg != null) {
            gpg.close();
        }
    }

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory).set("GNUPGHOME", gpg.directory().toString());
    }

    @AfterEach
    void nobodyAnswers() {
        gpg.configure("allow-preset-passphrase", "pinentry-program /no/such/program");
    }

    @Test
    void keyWithoutPassphrase() {
        pgpRule(plain);
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void rsaKey() {
        pgpRule(gpg.generate("rsa", "", "default", "default", "never"));
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void otherNamesOfAKeyStandInTheFileAsInTheRule() {
        String subkey = gpg.fingerprints("plain").get(1);
        for (String name : new String[] { plain.toLowerCase(Locale.ROOT), subkey, subkey + "!", plain.substring(24),
                "0x" + plain }) {
            pgpRule(name);
            Exchange.bothWays(box, DOCUMENT, "file.json");
        }
    }

    @Test
    void severalKeysInOneRule() {
        box.rules("creation_rules:\n  - pgp: " + locked + ", " + plain.replaceAll("(....)", "$1 ") + "\n    age: "
                + AgeIdentity.generate().recipient() + "\n");
        Exchange.bothWays(box, DOCUMENT, "file.json");
        box.rules("creation_rules:\n  - pgp: [" + locked + "]\n    age: " + box.identity().recipient() + "\n");
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void keyOfTheEnvironment() {
        box.set("SOPS_PGP_FP", plain).rules("creation_rules:\n  - age: " + AgeIdentity.generate().recipient() + "\n");
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void passphraseThatTheAgentWasGiven() {
        pgpRule(locked);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        assertUnreadable(document).hasMessageContaining("pinentry").hasMessageContaining("allow-preset-passphrase");
        gpg.preset("locked", PASSPHRASE);
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void passphraseThatAPersonIsAskedFor() {
        pgpRule(locked);
        gpg.answerQuestions("D " + PASSPHRASE + "\\nOK");
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            assertThat(ours.decrypt(document)).isEqualTo(box.sopsDecrypt(document));
            assertThat(gpg.questions()).isOne();
        }
    }

    @Test
    void questionsWithoutAnAnswer() {
        pgpRule(locked);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        gpg.answerQuestions("ERR 83886179 cancelled");
        assertUnreadable(document).hasMessageContaining("was cancelled");
        gpg.answerQuestions("ERR 83886142 timeout");
        assertUnreadable(document).hasMessageContaining("nobody answered").hasMessageContaining("GPG_TTY");
        gpg.answerQuestions("D wrong\\nOK");
        assertUnreadable(document).hasMessageContaining("passphrase was wrong");
    }

    /** What the pinentry programs of all systems do without terminal and desktop. */
    @Test
    void nobodyToAskDoesNotTakeLong() {
        pgpRule(locked);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        gpg.answerQuestions("ERR 83918950 Inappropriate ioctl for device");
        long start = System.nanoTime();
        assertUnreadable(document).hasMessageContaining("nobody could be asked for it")
                .hasMessageContaining("GPG_TTY").hasMessageContaining("allow-preset-passphrase");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void anUnchangedTokenFileStartsNoGpg() {
        Path calls = directory.resolve("calls");
        Path counting = Sandbox.write(directory.resolve("counting gpg"),
                "#!/bin/sh\necho \"$*\" >> '" + calls + "'\nexec gpg \"$@\"\n");
        assertThat(counting.toFile().setExecutable(true)).isTrue();
        box.set("SOPS_GPG_EXEC", counting.toString());
        pgpRule(plain);
        StorageOptions options = StorageOptions.defaults().withEnvironment(box.environment());
        Path tokens = box.home().resolve("tokens");
        AuthToken token = AuthToken.builder("access").refreshToken("refresh").build();
        try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options)) {
            storage.save("corporate", token);
            assertThat(calls(calls)).hasSize(2).anySatisfy(call -> assertThat(call).contains("--list-secret-keys"))
                    .anySatisfy(call -> assertThat(call).contains("--encrypt"));
            assertThat(storage.load("corporate")).contains(token);
            storage.save("corporate", token);
            assertThat(calls(calls)).hasSize(3).last().asString().contains("--encrypt");
        }
        try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options)) {
            assertThat(storage.load("corporate")).contains(token);
            assertThat(calls(calls)).hasSize(4).last().asString().contains("--decrypt");
            for (int i = 0; i < 5; i++) {
                assertThat(storage.load("corporate")).contains(token);
            }
            assertThat(storage.update("corporate", stored -> stored)).contains(token);
        }
        assertThat(calls(calls)).filteredOn(call -> call.contains("--decrypt")).hasSize(1);
    }

    @Test
    void rulesForStrangersOnlyAreRefused() {
        try (GpgHome other = new GpgHome()) {
            String stranger = other.generate("stranger", "");
            gpg.run(other.run(new byte[0], "--export", stranger).output(), "--import");
            pgpRule(stranger);
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                AuthToken token = AuthToken.builder("access").build();
                assertThatThrownBy(() -> storage.save("corporate", token))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(stranger)
                        .hasMessageContaining("no key of this user is among them").hasMessageContaining(plain);
                pgpRule(plain.toLowerCase(Locale.ROOT));
                storage.save("corporate", token);
                assertThat(storage.load("corporate")).contains(token);
            }
        }
    }

    @Test
    void armorOfOtherWriters() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        String begin = "-----BEGIN PGP MESSAGE-----\\n";
        String end = "-----END PGP MESSAGE-----";
        assertThat(document).contains(begin + "\\n").contains(end + "\"");
        for (String old : new String[] {
                document.replace(begin, begin + "Version: GnuPG v1.4.12 (GNU/Linux)\\nComment: by hand\\n"),
                document.replace(end, end + "\\n"), document.replace(begin, "\\n" + begin).replace(end, end + "\\n\\n"),
                document.replaceAll("(\"enc\": \".*)\\\\n(?=-----END)", "$1\\\\r\\\\n") }) {
            assertThat(old).isNotEqualTo(document);
            assertBothRead(old);
        }
    }

    @Test
    void keysThatCannotBeUsed() throws IOException {
        String expired = gpg.generate("expired", "", "future-default", "default", "1d", "--faked-system-time",
                "20200101T000000");
        String revoked = gpg.generate("revoked", "");
        gpg.importRevocation(revoked);
        String signing = gpg.generate("signing", "", "ed25519", "sign", "never");
        assertNobodyEncrypts(expired, "the key expired on 2020-01-02: extend it");
        assertNobodyEncrypts(revoked, "the key is revoked");
        assertNobodyEncrypts(signing, "no subkey for encryption");
        assertNobodyEncrypts(plain + "!", "is not for encryption");
        assertNobodyEncrypts("0123456789012345678901234567890123456789", "no such public key: gpg --import");
    }

    @Test
    void secretKeyThatIsElsewhere() {
        pgpRule(plain);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (GpgHome other = new GpgHome()) {
            box.set("GNUPGHOME", other.directory().toString());
            assertUnreadable(document).hasMessageContaining("no secret key")
                    .hasMessageContaining(gpg.fingerprints("plain").get(1).substring(24)).hasMessageContaining("GNUPGHOME");
            other.run(gpg.run(new byte[0], "--export", plain).output(), "--import");
            assertUnreadable(document).hasMessageContaining("no secret key");
        }
        box.set("GNUPGHOME", "/no/such/home");
        assertUnreadable(document).hasMessageContaining("no secret key").hasMessageContaining("GNUPGHOME");
    }

    @Test
    void entriesThatAreDamaged() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        for (String damaged : new String[] { document.replaceAll("(\"enc\": \")[^\"]*\"", "$1nonsense\""),
                document.replaceAll("(\"enc\": \")[^\"]*\"", "$1\""),
                document.replaceAll("(MESSAGE-----\\\\n\\\\n.{100})[^\"]*\"", "$1\""),
                document.replaceAll("(MESSAGE-----\\\\n\\\\n.{100})....", "$1AAAA"),
                document.replaceAll("(MESSAGE-----\\\\n\\\\n.{200})....", "$1AAAA") }) {
            assertThat(damaged).isNotEqualTo(document);
            byte[] bytes = damaged.getBytes(StandardCharsets.UTF_8);
            assertThat(box.sopsDecrypting(bytes).exit()).isEqualTo(128);
            try (OurSops ours = OurSops.in(box)) {
                assertThatThrownBy(() -> ours.decrypt(bytes)).as(damaged).isInstanceOf(DamagedDocumentException.class)
                        .hasMessageContaining(plain).message().doesNotContain("\n");
            }
        }
    }

    /** gpg would ask for its passphrase. */
    @Test
    void messageForAPassphraseAsksNobody() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        String symmetric = gpg.run("01234567890123456789012345678901".getBytes(StandardCharsets.US_ASCII), "--armor",
                "--pinentry-mode", "loopback", "--passphrase", "x", "--symmetric").text().replace("\n", "\\\\n");
        byte[] hostile = document.replaceAll("(\"enc\": \")[^\"]*\"", "$1" + symmetric + "\"")
                .getBytes(StandardCharsets.UTF_8);
        gpg.answerQuestions("D x\\nOK");
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(hostile)).isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining("encrypted with a passphrase");
        }
        assertThat(gpg.directory().resolve("questions")).doesNotExist();
    }

    /** gpg skips an indented block; the message for our key would pass the check, and gpg open the other one. */
    @Test
    void messageBehindAnIndentedOne() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        byte[] stranger = "01234567890123456789012345678901".getBytes(StandardCharsets.US_ASCII);
        gpg.answerQuestions("D x\\nOK");
        String indented = document.replaceAll("(?s).*\"enc\": \"([^\"]*)\".*", " $1").replace("\\n", "\\n ");
        for (String second : new String[] { gpg.run(stranger, "--armor", "--store").text(),
                gpg.run(stranger, "--armor", "--pinentry-mode", "loopback", "--passphrase", "x", "--symmetric").text() }) {
            byte[] hostile = document.replaceAll("(\"enc\": \")[^\"]*\"",
                    Matcher.quoteReplacement("\"enc\": \"" + indented + "\\n" + second.replace("\n", "\\n") + "\""))
                    .getBytes(StandardCharsets.UTF_8);
            try (OurSops ours = OurSops.in(box)) {
                assertThatThrownBy(() -> ours.decrypt(hostile)).isInstanceOf(DamagedDocumentException.class)
                        .hasMessageContaining("something follows its -----END PGP MESSAGE-----");
            }
        }
        byte[] alone = document.replaceAll("(\"enc\": \")[^\"]*\"",
                Matcher.quoteReplacement("\"enc\": \"" + indented + "\"")).getBytes(StandardCharsets.UTF_8);
        try (OurSops ours = OurSops.in(box)) {
            assertThat(new String(ours.decrypt(alone), StandardCharsets.UTF_8)).contains("value");
        }
        assertThat(gpg.directory().resolve("questions")).doesNotExist();
    }

    @Test
    void anInterruptedThreadSavesAndLoads() {
        pgpRule(plain);
        AuthToken token = AuthToken.builder("access").refreshToken("refresh").build();
        for (int i = 0; i < 2; i++) {
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                Thread.currentThread().interrupt();
                storage.save("corporate", token);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                Thread.currentThread().interrupt();
                assertThat(storage.load("corporate")).contains(token);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
        }
    }

    /** A listing that failed must not turn off the guard against the rules of strangers. */
    @Test
    void rulesForStrangersAreRefusedWheneverGpgDoesNotListItsKeys() {
        try (GpgHome other = new GpgHome()) {
            String stranger = other.generate("unlisted stranger", "");
            gpg.run(other.run(new byte[0], "--export", stranger).output(), "--import");
            pgpRule(stranger);
            Path broken = directory.resolve("broken");
            Path failing = Sandbox.write(directory.resolve("failing gpg"), "#!/bin/sh\ncase \"$*\" in *--list-secret-keys*)\n"
                    + "test ! -e '" + broken + "' || { echo gpg: out of order >&2; exit 2; }\nesac\nexec gpg \"$@\"\n");
            assertThat(failing.toFile().setExecutable(true)).isTrue();
            box.set("SOPS_GPG_EXEC", failing.toString());
            Sandbox.write(broken, "");
            AuthToken token = AuthToken.builder("access").build();
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> storage.save("corporate", token)).isInstanceOf(StorageAccessException.class)
                            .hasMessageContaining("did not list its secret keys: it says: out of order");
                }
                assertThat(broken.toFile().delete()).isTrue();
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> storage.save("corporate", token))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(stranger);
                assertThat(Thread.interrupted()).isTrue();
                assertThatThrownBy(() -> storage.save("corporate", token))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(stranger);
            } finally {
                Thread.interrupted();
            }
        }
    }

    private static List<String> calls(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pgpRule(String fingerprint) {
        box.rules("creation_rules:\n  - pgp: '" + fingerprint + "'\n");
    }

    private void assertBothRead(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (OurSops ours = OurSops.in(box)) {
            assertThat(ours.decrypt(bytes)).isEqualTo(box.sopsDecrypt(bytes));
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(byte[] document) {
        assertThat(box.sopsDecrypting(document).exit()).isEqualTo(128);
        try (OurSops ours = OurSops.in(box)) {
            return assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class);
        }
    }

    private void assertNobodyEncrypts(String fingerprint, String reason) {
        pgpRule(fingerprint);
        assertThat(box.sops(box.work(), DOCUMENT, "encrypt", "--filename-override", "file.json").succeeded())
                .as("sops encrypts for %s", fingerprint).isFalse();
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.encrypt(DOCUMENT, "file.json")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining(fingerprint).hasMessageContaining(reason);
        }
    }
}
