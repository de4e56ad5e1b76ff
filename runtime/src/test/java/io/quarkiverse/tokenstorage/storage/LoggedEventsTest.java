package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.LogCapture;

/** One line for each notable event, at its level; none for what the caller is told by an exception. */
@Timeout(60)
class LoggedEventsTest {

    private static final AuthToken TOKEN = AuthToken.builder("planted-access").refreshToken("planted-refresh")
            .metadata(Map.of("planted-name", "planted-claim")).build();

    @TempDir
    Path directory;

    private SopsHome home;
    private LogCapture log;

    @BeforeEach
    void capture() {
        home = SopsHome.make(directory);
        log = new LogCapture("io.quarkiverse.tokenstorage");
    }

    @AfterEach
    void nothingSecretWasLogged() {
        log.close();
        assertThat(log.lines()).noneMatch(line -> line.contains("planted-access") || line.contains("planted-refresh")
                || line.contains("planted-claim") || line.contains("AGE-SECRET-KEY"));
    }

    @Test
    void openingSavingReadingAndRemoving() {
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
        }
        try (SopsTokenStorage storage = home.open()) {
            storage.load("github");
            storage.load("github");
            storage.delete("github");
        }
        assertThat(log.lines()).containsExactly(
                "DEBUG TokenStorages Tokens are kept encrypted in " + home.tokens() + ", by the built-in engine",
                "DEBUG TokenDirectory Made the directory " + home.tokens(),
                "DEBUG TemporaryFile Wrote " + home.file("github"),
                "DEBUG TokenStorages Tokens are kept encrypted in " + home.tokens() + ", by the built-in engine",
                "DEBUG KeyGroupOpener " + home.file("github") + ": a data key was unwrapped with age " + SopsHome.OWN,
                "DEBUG LockedFile Removed " + home.file("github"));
    }

    @Test
    void aChangeOfIdentities() {
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            storage.load("github");
            home.identity(SopsHome.OTHER_IDENTITY + "\n" + SopsHome.OWN_IDENTITY);
            storage.load("github");
        }
        assertThat(log.lines())
                .contains("DEBUG DataKeyCache The age identities have changed, 1 remembered data keys are forgotten");
    }

    @Test
    void whatAnInterruptedSaveAndAnOlderVersionLeft() throws Exception {
        Path leftOver = home.tokens().resolve(".tmp-" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest("github".getBytes(StandardCharsets.UTF_8))).substring(0, 16) + "-x");
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            Files.move(home.file("github"), home.tokens().resolve("github.sops.json"));
            Files.writeString(leftOver, "");

            storage.save("github", TOKEN);
            storage.save("github", TOKEN);
        }
        assertThat(atLeastInfo()).containsExactly(
                "INFO LockedFile Removed " + leftOver + ", which an interrupted save had left over",
                "INFO LockedFile The token of provider 'github' has moved from github.sops.json to github.token.sops.json");
    }

    @Test
    void aLongWaitForALock() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            Thread saving = new Thread(() -> storage.save("github", TOKEN), "saving");
            Thread holding = new Thread(() -> storage.update("github", token -> {
                held.countDown();
                long waiting = 0;
                long begun = System.nanoTime();
                while (waiting < Duration.ofMillis(1050).toNanos()) {
                    if (saving.getState() == Thread.State.NEW) {
                        begun = System.nanoTime();
                    }
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    waiting = System.nanoTime() - begun;
                }
                return token;
            }), "holding");
            holding.start();
            held.await();
            saving.start();
            saving.join();
            holding.join();
        }
        assertThat(atLeastInfo()).singleElement().asString()
                .matches("INFO ProviderLock Waited 1[0-9]{3} ms for the lock of provider 'github' in .*/tokens");
    }

    @Test
    void changesOfKeys() throws IOException {
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            home.rule("age: " + SopsHome.OWN + "," + SopsHome.OTHER);
            storage.updateKeys("github");
            storage.rotate("github");
            home.rule("age: " + SopsHome.OWN);
            storage.save("github", TOKEN);
        }
        assertThat(atLeastInfo()).satisfiesExactly(
                line -> assertThat(line).startsWith("INFO DocumentRotation The data key of " + home.file("github")
                        + " is wrapped for other recipients, as " + home.rulesFile()),
                line -> assertThat(line).startsWith("INFO DocumentRotation " + home.file("github") + " has a new data key"),
                line -> assertThat(line).startsWith("WARN RecipientGuard " + home.file("github") + " is saved with other")
                        .endsWith("removed " + SopsHome.OTHER));
    }

    @Test
    void whatStaysInClear() {
        home.rule("age: " + SopsHome.OWN, "encrypted_regex: '_token$'");
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            storage.save("github", TOKEN);
        }
        assertThat(atLeastInfo()).singleElement().asString().startsWith("WARN ClearTextGuard " + home.rulesFile())
                .endsWith("leaves metadata of tokens in clear: metadata.planted-name");
    }

    @Test
    void plainTokensAndTooWideModesOnce() throws IOException {
        Path plain = Files.createDirectory(directory.resolve("plain"));
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (CloseableTokenStorage storage = TokenStorages.file(plain, home.options())) {
            storage.save("github", TOKEN);
            storage.load("github");
        }
        assertThat(log.lines().get(0)).isEqualTo("DEBUG TokenStorages Tokens are kept as plain files in " + plain);
        assertThat(atLeastInfo()).containsExactlyInAnyOrder(
                "WARN TokenDirectory " + plain + " was accessible to other users (mode 0755); now only the owner has access. If"
                        + " they may have read tokens, log in again",
                "WARN PlainTokenCodec FileTokenStorage: Tokens will be stored UNENCRYPTED at " + plain);
    }

    @Test
    void whatIsThrownIsNotLoggedToo() throws IOException {
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", TOKEN);
            storage.save("gitlab", TOKEN);
            Files.delete(home.file("gitlab"));
            Files.writeString(home.file("gitlab"), "{\"access_token\": \"planted-access\" oops");
            Files.setPosixFilePermissions(home.file("gitlab"), PosixFilePermissions.fromString("rw-------"));
            Files.delete(home.keyFile());

            assertThatThrownBy(() -> storage.load("github")).isInstanceOf(DataKeyUnavailableException.class);
            assertThatThrownBy(() -> storage.load("gitlab")).isInstanceOf(DamagedDocumentException.class);
        }
        assertThat(atLeastInfo()).isEmpty();
    }

    private List<String> atLeastInfo() {
        return log.lines().stream().filter(line -> !line.startsWith("DEBUG") && !line.startsWith("TRACE")).toList();
    }
}
