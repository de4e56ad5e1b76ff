package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.TokenStorage;

/** What a storage knows of its own state, and what it does not do to know it. */
class ReadinessTest {

    private static final AuthToken TOKEN = AuthToken.builder("planted-access").refreshToken("planted-refresh").build();

    @TempDir
    Path directory;

    private static Readiness look(TokenStorage storage) {
        return look(storage, ProviderScope.ANY);
    }

    private static Readiness look(TokenStorage storage, ProviderScope scope) {
        return ((ReadinessProbe) storage).readiness(scope).orElseThrow();
    }

    @Test
    void withoutAnyTokenItIsReadyAndNothingIsMade() {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            assertThat(look(storage)).isEqualTo(
                    new Readiness(false, Optional.empty(), Optional.empty(), 0, 0, 0, List.of()));
            assertThat(home.tokens()).doesNotExist();
        }
    }

    @Test
    void rulesMayNameTheProvidersThatTheyAreFor() throws IOException {
        SopsHome home = SopsHome.make(directory);
        Files.writeString(home.rulesFile(),
                "creation_rules:\n  - path_regex: tokens/(github|corporate)\\.token\\.sops\\.json$\n"
                        + "    age: " + SopsHome.OWN + "\n");
        try (SopsTokenStorage storage = home.open()) {
            assertThat(look(storage).isReady()).isTrue();
            assertThat(look(storage, new ProviderScope(Set.of("github"), Set.of(), true)).isReady()).isTrue();
            assertThat(look(storage, new ProviderScope(Set.of("gitlab"), Set.of(), true)).unsavable())
                    .hasValueSatisfying(cause -> assertThat(cause).contains("no matching creation rule", "gitlab.token"));
        }
    }

    @Test
    void whatIsKeptElsewhereIsNotLookedAt() throws IOException {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            Files.writeString(home.file("scratch"), "left over");

            assertThat(look(storage).unreadable()).hasSize(1);
            assertThat(look(storage, new ProviderScope(Set.of(), Set.of("scratch"), true)))
                    .isEqualTo(new Readiness(false, Optional.empty(), Optional.empty(), 1, 0, 0, List.of()));
            assertThat(look(storage, new ProviderScope(Set.of("scratch"), Set.of(), false)).readable()).isZero();
        }
    }

    @Test
    void itReadsWhatIsStoredWithoutALockAndWithoutWriting() throws IOException {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            storage.save("gitlab", TOKEN);
            FileTime before = Files.getLastModifiedTime(home.tokens());

            storage.update("github", token -> {
                // By another thread, while this one holds the lock
                assertThat(inAnotherThread(storage).readable()).isEqualTo(2);
                return token;
            });
            storage.delete("gitlab");
            Files.setLastModifiedTime(home.tokens(), before);

            assertThat(look(storage).isReady()).isTrue();
            assertThat(look(storage).readable()).isEqualTo(1);
            assertThat(Files.getLastModifiedTime(home.tokens())).isEqualTo(before);
        }
    }

    private static Readiness inAnotherThread(TokenStorage storage) {
        Readiness[] found = new Readiness[1];
        Thread thread = new Thread(() -> found[0] = look(storage));
        thread.start();
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return found[0];
    }

    @Test
    void theIdentityGoesAndComesBack() throws IOException {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            Files.delete(home.keyFile());

            Readiness without = look(storage);
            assertThat(without.isReady()).isFalse();
            assertThat(without.unreadable()).singleElement().asString().startsWith(home.file("github") + ": no key at hand");
            assertThat(without.unsavable()).hasValueSatisfying(reason -> assertThat(reason)
                    .endsWith("encrypts for " + SopsHome.OWN + ", and there is no identity here to read such tokens again: set"
                            + " auth.storage.sops.age.key-file, or provide one where sops looks for it"));

            home.identity(SopsHome.OTHER_IDENTITY);
            assertThat(look(storage).unsavable()).hasValueSatisfying(
                    reason -> assertThat(reason).contains("no key of this user is among them"));

            home.identity(SopsHome.OWN_IDENTITY);
            assertThat(look(storage).isReady()).isTrue();
        }
    }

    @Test
    void withoutRulesNothingCanBeSaved() throws IOException {
        SopsHome home = SopsHome.make(directory);
        Files.delete(home.rulesFile());
        try (SopsTokenStorage storage = home.open()) {
            assertThat(look(storage).unsavable()).hasValueSatisfying(
                    reason -> assertThat(reason).startsWith("SOPS not configured."));
        }
        home.rule("age: " + SopsHome.OWN, "encrypted_regex: '^(data|stringData)$'");
        try (SopsTokenStorage storage = home.open()) {
            assertThat(look(storage).unsavable()).hasValueSatisfying(
                    reason -> assertThat(reason).contains("would leave access_token in clear"));
        }
    }

    @Test
    void keysThatTakeAProgramOrAServiceAreLeftOpen() throws IOException {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
        }
        Path asked = directory.resolve("asked");
        Map<String, String> variables = Map.of("HOME", directory.toString(), "SOPS_AGE_KEY_CMD", "touch " + asked);
        Files.delete(home.keyFile());
        home.rule("pgp: FBC7B9E2A4F9289AC0C1D4843D16CEE4A27381B4", "kms: arn:aws:kms:eu-west-1:123456789012:key/a");
        StorageOptions options = home.options()
                .withEnvironment(new HostEnvironment(variables, directory, "?", OperatingSystem.LINUX));
        try (SopsTokenStorage storage = TokenStorages.sops(home.tokens(), options)) {
            Readiness readiness = look(storage);

            assertThat(readiness).isEqualTo(
                    new Readiness(false, Optional.empty(), Optional.empty(), 0, 1, 0, List.of()));
            assertThat(asked).doesNotExist();
        }
    }

    @Test
    void theExecutableIsNotRun() {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
        }
        try (SopsTokenStorage storage = TokenStorages.sops(home.tokens(), home.options().withSopsExecutable("no-such-sops"))) {
            assertThat(look(storage)).isEqualTo(
                    new Readiness(false, Optional.empty(), Optional.empty(), 0, 1, 0, List.of()));
        }
    }

    @Test
    void theKeyOfAnExaminedTokenIsNotRemembered() {
        SopsHome home = SopsHome.make(directory);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
        }
        try (LogCapture log = new LogCapture("io.quarkiverse.tokenstorage.sops");
                SopsTokenStorage storage = home.open()) {
            look(storage);
            look(storage);
            assertThat(log.lines()).filteredOn(line -> line.contains("unwrapped")).hasSize(2);

            storage.load("github");
            look(storage);
            storage.load("github");
            assertThat(log.lines()).filteredOn(line -> line.contains("unwrapped")).hasSize(3);
        }
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsAReason() throws IOException {
        SopsHome home = SopsHome.make(directory);
        Files.writeString(home.tokens(), "");
        try (SopsTokenStorage storage = home.open()) {
            assertThat(look(storage).unwritable()).hasValueSatisfying(
                    reason -> assertThat(reason).contains("is not a directory"));
        }
        try (CloseableTokenStorage below = TokenStorages.file(home.tokens().resolve("below"), home.options())) {
            assertThat(look(below).unwritable()).isPresent();
        }
    }

    @Test
    void plainTokensAreReadToo() throws IOException {
        try (CloseableTokenStorage storage = TokenStorages.file(directory, StorageOptions.defaults())) {
            storage.save("github", TOKEN);
            assertThat(look(storage).readable()).isEqualTo(1);

            Files.writeString(directory.resolve("github.token.json"), "{\"access_token\": \"planted-access\" oops");

            assertThat(look(storage).unreadable()).singleElement().asString().contains("github.token.json")
                    .doesNotContain("planted").doesNotContain("oops");
        }
    }

    @Test
    void ofManyTokensTheFirstAreRead() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        for (int i = 10; i < 70; i++) {
            Path file = Files.writeString(directory.resolve("p" + i + ".token.json"), "{\"access_token\": \"planted-access\"}");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        try (CloseableTokenStorage storage = TokenStorages.file(directory, StorageOptions.defaults())) {
            assertThat(look(storage)).isEqualTo(
                    new Readiness(false, Optional.empty(), Optional.empty(), 50, 0, 10, List.of()));
        }
    }
}
