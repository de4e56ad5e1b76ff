package io.quarkiverse.tokenstorage.sops.age;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.IDENTITY;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.OTHER_IDENTITY;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.OTHER_RECIPIENT;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.RECIPIENT;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.entry;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.environment;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus.State;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

@Timeout(60)
class IdentitySourcesTest {

    private static final KeyEntry ENTRY = entry(RECIPIENT, AgeVectors.BY_AGE);

    @TempDir
    Path home;

    @Test
    void warnsOnceOfAnOwnFileThatEverybodyCanRead() throws IOException {
        Path keys = home.resolve("open.txt");
        Files.writeString(keys, IDENTITY);
        try (LogCapture log = new LogCapture(OpenKeyFiles.class)) {
            chmod(keys, "rw-r-----");
            look(keys);
            assertThat(log.messages()).isEmpty();

            chmod(keys, "rw-r--r--");
            look(keys);
            look(keys);
            assertThat(log.messages()).containsExactly(keys + " can be read by every user of this machine: run chmod 400 on it,"
                    + " and make another identity if they may have read it");
        }
    }

    private void look(Path keys) {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY_FILE", keys.toString()))) {
            assertThat(service.ownMasterKeys()).contains(Set.of(RECIPIENT));
        }
    }

    @Test
    void mergesAllSources() throws IOException {
        Path variableFile = write(home.resolve("mine.txt"), OTHER_IDENTITY + "\n");
        write(home.resolve(".config/sops/age/keys.txt"), "# created: now\n\n" + IDENTITY + "\r\n");
        String third = newIdentity();
        Path configured = write(home.resolve("configured.txt"), third);
        try (AgeKeyService service = new AgeKeyService(
                environment(home,
                        Map.of("SOPS_AGE_KEY", newIdentity() + " \t" + newIdentity(), "SOPS_AGE_KEY_FILE", "mine.txt")),
                Optional.of(configured), new JdkX25519(), new SecureRandom())) {
            assertThat(service.ownMasterKeys().orElseThrow()).hasSize(5).contains(RECIPIENT, OTHER_RECIPIENT);
            assertThat(service.unwrap(ENTRY).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThat(service.identitySources()).extracting(IdentitySourceStatus::name, IdentitySourceStatus::state)
                    .containsExactly(tuple("the configured key file", State.READ), tuple("SOPS_AGE_KEY", State.READ),
                            tuple("SOPS_AGE_KEY_FILE", State.READ),
                            tuple(home.resolve(".config/sops/age/keys.txt").toString(), State.READ));
            assertThat(service.identitySources().get(2).file()).contains(variableFile);
            assertThat(service.identitySources().get(2).recipients()).containsExactly(OTHER_RECIPIENT);
        }
    }

    @Test
    void findsAnIdentityThatIsAddedLater() throws IOException {
        Path keys = home.resolve(".config/sops/age/keys.txt");
        try (AgeKeyService service = service(home, Map.of())) {
            assertThatThrownBy(() -> service.unwrap(ENTRY)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageStartingWith("age: no identity at hand").hasMessageContaining(keys.toString());
            assertThat(service.ownMasterKeys()).contains(Set.of());
            write(keys, OTHER_IDENTITY);
            assertThatThrownBy(() -> service.unwrap(ENTRY)).hasMessageStartingWith("age: no identity matched");
            write(keys, OTHER_IDENTITY + "\n" + IDENTITY);
            assertThat(service.unwrap(ENTRY).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThat(service.ownMasterKeys()).contains(Set.of(RECIPIENT, OTHER_RECIPIENT));
            write(keys, IDENTITY);
            assertThat(service.ownMasterKeys()).contains(Set.of(RECIPIENT));
        }
    }

    @Test
    void oneBadLineSpoilsItsSourceButNoOther() throws IOException {
        write(home.resolve("bad.txt"), OTHER_IDENTITY + "\n# fine\n" + IDENTITY.toLowerCase() + "\n");
        write(home.resolve(".config/sops/age/keys.txt"), IDENTITY);
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY_FILE", home.resolve("bad.txt").toString()))) {
            assertThat(service.unwrap(ENTRY).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThatThrownBy(() -> service.unwrap(withoutIdentity())).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("SOPS_AGE_KEY_FILE (" + home.resolve("bad.txt")
                            + "): line 3: unknown identity type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { " %s", "%s ", "\uFEFF%s", "%sX", "identity %s", "-%s", "AGE-SECRET-KEY-1%s", "%s\u00e9",
            "AGE-SECRET-KEY-1\u0130%s" })
    void saysWhichLineIsWrongAndNothingOfIt(String form) throws IOException {
        write(home.resolve(".config/sops/age/keys.txt"), "# one\n" + form.formatted(IDENTITY));
        try (AgeKeyService service = service(home, Map.of())) {
            assertThatThrownBy(() -> service.unwrap(ENTRY)).isInstanceOf(DataKeyUnavailableException.class).hasNoCause()
                    .hasMessageContaining("line 2: ").message().doesNotContain(IDENTITY.substring(16, 26))
                    .doesNotContain("\n");
            assertThat(service.identitySources().toString()).doesNotContain(IDENTITY.substring(16, 26));
        }
    }

    @Test
    void readsWordsInTheVariableOnly() throws IOException {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY",
                "# " + newIdentity() + "\n \n  " + OTHER_IDENTITY + "  \t " + IDENTITY + " \r\n"))) {
            assertThat(service.ownMasterKeys()).contains(Set.of(RECIPIENT, OTHER_RECIPIENT));
        }
        write(home.resolve(".config/sops/age/keys.txt"), OTHER_IDENTITY + " " + IDENTITY);
        try (AgeKeyService service = service(home, Map.of())) {
            assertThat(service.ownMasterKeys()).contains(Set.of());
        }
    }

    @Test
    void namesWhatCannotBeUsedAndUsesTheRest() throws IOException {
        write(home.resolve(".config/sops/age/keys.txt"),
                "AGE-PLUGIN-YUBIKEY-1QQPQYZQ\n" + IDENTITY + "\nAGE-PLUGIN-X-1\n");
        write(home.resolve("locked.age"), AgeVectors.BY_AGE);
        Map<String, String> variables = Map.of("SOPS_AGE_KEY_FILE", home.resolve("locked.age").toString(),
                "SOPS_AGE_KEY", "age-encryption.org/v1\n-> scrypt", "SOPS_AGE_SSH_PRIVATE_KEY_FILE", "/none");
        try (AgeKeyService service = service(home, variables)) {
            assertThat(service.unwrap(ENTRY).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThatThrownBy(() -> service.unwrap(withoutIdentity()))
                    .hasMessageContaining("SOPS_AGE_KEY: it is damaged")
                    .hasMessageContaining("locked.age): it is an age file, but not one under a passphrase")
                    .hasMessageContaining("SOPS_AGE_SSH_PRIVATE_KEY_FILE (/none): there is no such file")
                    .hasMessageContaining("identities of age plugins (AGE-PLUGIN-…) are used by sops itself only");
        }
    }

    @Test
    void doesNotWaitForFilesThatAreNoFiles() throws Exception {
        Path fifo = home.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        write(home.resolve("huge"), "#".repeat(1 << 24));
        Map<String, String> expected = new HashMap<>();
        expected.put(fifo.toString(), "it is not a regular file");
        expected.put(home.toString(), "it is a directory");
        expected.put("/dev/zero", "it is not a regular file");
        expected.put(home.resolve("none").toString(), "there is no such file");
        expected.put(home.resolve("huge").toString(), "it is larger than 16777215 bytes");
        expected.put("", "is set but empty");
        expected.forEach((file, problem) -> {
            try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY_FILE", file))) {
                assertThatThrownBy(() -> service.unwrap(ENTRY)).isInstanceOf(DataKeyUnavailableException.class)
                        .hasMessageContaining(problem);
                assertThat(service.identitySources()).filteredOn(source -> source.name().equals("SOPS_AGE_KEY_FILE"))
                        .singleElement().extracting(IdentitySourceStatus::state).isEqualTo(State.FAULTY);
            }
        });
    }

    @Test
    void tellsWhichKeyFilesOthersCanRead() throws IOException {
        Path keys = write(home.resolve(".config/sops/age/keys.txt"), IDENTITY);
        try (AgeKeyService service = service(home, Map.of())) {
            for (String mode : List.of("rw-r-----", "rw----r--")) {
                chmod(keys, mode);
                assertThat(service.identitySources()).singleElement().extracting(IdentitySourceStatus::openToOthers)
                        .isEqualTo(true);
            }
            chmod(keys, "r--------");
            assertThat(service.identitySources()).singleElement().extracting(IdentitySourceStatus::openToOthers)
                    .isEqualTo(false);
        }
    }

    @Test
    void worksWithoutAHomeDirectory() {
        try (AgeKeyService service = withoutHome(Map.of("SOPS_AGE_KEY", IDENTITY))) {
            assertThatCode(() -> service.unwrap(ENTRY).close()).doesNotThrowAnyException();
            assertThatThrownBy(() -> service.unwrap(withoutIdentity())).hasMessageContaining("no identity matched")
                    .hasMessageNotContaining("home directory");
        }
        try (AgeKeyService service = withoutHome(Map.of())) {
            assertThatThrownBy(() -> service.unwrap(ENTRY)).hasMessageContaining("no usable home directory");
        }
    }

    private AgeKeyService withoutHome(Map<String, String> variables) {
        return new AgeKeyService(new HostEnvironment(variables, home, "?", HostEnvironment.OperatingSystem.LINUX),
                Optional.empty(), new JdkX25519(), new SecureRandom());
    }

    @Test
    void asksTheProgramOnlyIfNothingElseFits() throws IOException {
        Path calls = home.resolve("calls");
        Path script = write(home.resolve("key cmd"), "#!/bin/sh\necho \"$1 $SOPS_AGE_RECIPIENT ${SOPS_AGE_KEY-unset}\" >> '"
                + calls + "'\necho noise >&2\necho '" + IDENTITY + "'\n");
        chmod(script, "rwx------");
        Map<String, String> variables = Map.of("SOPS_AGE_KEY_CMD", "'" + script + "' \"a b\"\\ c", "SOPS_AGE_KEY",
                OTHER_IDENTITY, "PATH", "/usr/bin:/bin");
        try (AgeKeyService service = service(home, variables)) {
            assertThat(service.ownMasterKeys()).isEmpty();
            assertThat(service.identitySources()).extracting(IdentitySourceStatus::state).contains(State.NOT_ASKED);
            assertThat(calls).doesNotExist();
            assertThat(service.unwrap(ENTRY).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThat(service.unwrap(ENTRY).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThat(calls).hasContent("a b c " + RECIPIENT + " unset");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "/no/such/program x", "sh -c 'echo " + IDENTITY + " >&2; exit 3'", "'unclosed",
            "sh -c 'echo " + IDENTITY + "x'", "yes " + IDENTITY, "# " + IDENTITY, "true" })
    void reportsAProgramThatFailsWithoutItsWords(String command) {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY_CMD", command, "PATH", "/usr/bin:/bin"))) {
            assertThatThrownBy(() -> service.unwrap(ENTRY)).isInstanceOf(DataKeyUnavailableException.class).hasNoCause()
                    .hasMessageContaining("SOPS_AGE_KEY_CMD").message().doesNotContain(IDENTITY.substring(16, 26));
        }
    }

    @Test
    void doesNotWaitForeverForTheProgram() throws IOException {
        IdentityCommand command = new IdentityCommand(
                IdentitySource.ofOutput(IdentityCommand.VARIABLE, IdentitySource.Form.LINES), "sleep 100",
                environment(home, Map.of("PATH", "/usr/bin:/bin")),
                Duration.ofMillis(300));
        long start = System.nanoTime();
        assertThatThrownBy(() -> command.run(RECIPIENT)).isInstanceOf(IOException.class)
                .hasMessageContaining("did not finish within");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    /** Made for a key that nobody has. */
    private static KeyEntry withoutIdentity() {
        try (AgeKeyService other = service(Path.of("/"), Map.of());
                DataKey dataKey = DataKey.random(new SecureRandom());
                X25519Identity stranger = X25519Identity.generate(new SecureRandom(), new JdkX25519())) {
            return other.masterKey(AgeVectors.description(stranger.recipient()), "test").wrap(dataKey);
        }
    }

    private static String newIdentity() {
        try (X25519Identity identity = X25519Identity.generate(new SecureRandom(), new JdkX25519())) {
            return identity.secretText();
        }
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
