package io.quarkiverse.tokenstorage.storage;

import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OWN;
import static io.quarkiverse.tokenstorage.storage.TokenStorageContract.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;

/** Rules under which a token is not saved: for strangers, or in clear. And of what a save only warns. */
class SaveGuardsTest {

    @TempDir
    Path temp;
    private SopsHome home;
    private SopsTokenStorage storage;

    @BeforeEach
    void home() {
        home = SopsHome.make(temp);
        storage = home.open();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @ParameterizedTest
    @CsvSource({
            "'encrypted_regex: ''^(data|stringData)$''', access_token",
            "'encrypted_regex: ''^(access|refresh)_token$''', id_token",
            "'encrypted_suffix: _token', ",
            "'unencrypted_regex: ''^refresh''', refresh_token",
            "'unencrypted_suffix: _token', access_token",
            "'encrypted_comment_regex: ''.''', access_token" })
    void refusesARuleThatLeavesATokenInClear(String selector, String clear) throws IOException {
        home.rule("age: " + OWN, selector);

        if (clear == null) {
            storage.save("github", TOKEN);
            assertThat(storage.load("github")).contains(TOKEN);
        } else {
            assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining(".sops.yaml").hasMessageContaining(clear).hasMessageNotContaining("access-1");
            assertThatThrownBy(() -> storage.update("github", current -> {
                throw new AssertionError("must not be called");
            })).isInstanceOf(StorageNotConfiguredException.class);
            assertThat(home.file("github")).doesNotExist();
        }
    }

    @Test
    void anEmptyTokenMayBeLeftInClear() throws IOException {
        home.rule("age: " + OWN, "encrypted_regex: ^access_token$");
        AuthToken accessOnly = AuthToken.builder("access-1").build();

        storage.save("github", accessOnly);
        assertThat(storage.load("github")).contains(accessOnly);
    }

    @ParameterizedTest
    @ValueSource(strings = { "encrypted_regex: '('", "encrypted_regex: '(?=x)'", "unencrypted_regex: '(?<n'" })
    void refusesAnInvalidSelector(String selector) throws IOException {
        home.rule("age: " + OWN, selector);

        assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml");
        assertThat(home.file("github")).doesNotExist();
    }

    @Test
    void refusesToWriteForStrangersOnly() throws IOException {
        home.rule("age: " + OTHER);

        assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(OTHER).hasMessageContaining(OWN).hasMessageContaining(".sops.yaml");
        home.rule("age: " + OTHER + "," + OWN);
        storage.save("github", TOKEN);
        assertThat(storage.load("github")).contains(TOKEN);
    }

    @Test
    void warnsWhenRecipientsChange() throws IOException {
        storage.save("github", TOKEN);
        home.rule("age: " + OTHER + "," + OWN);

        try (LogCapture log = new LogCapture(RecipientGuard.class)) {
            storage.save("github", TOKEN);
            storage.save("github", TOKEN);
            assertThat(log.messages()).singleElement().asString().contains("github.token.sops.json", "added " + OTHER,
                    ".sops.yaml").doesNotContain("removed");
        }
    }

    @Test
    void warnsOfOthersInRulesThatTheWorkingDirectoryBrings() throws IOException {
        Path project = Files.createDirectory(temp.resolve("project"));
        Path rules = Files.writeString(project.resolve(".sops.yaml"), "creation_rules:\n  - age: " + OTHER + "," + OWN + "\n");
        HostEnvironment there = new HostEnvironment(Map.of("HOME", home.path().toString()), project, "?",
                OperatingSystem.LINUX);
        try (LogCapture log = new LogCapture(RecipientGuard.class);
                CloseableTokenStorage searching = TokenStorages.sops(home.tokens(), home.options().withEnvironment(there));
                CloseableTokenStorage configured = TokenStorages.sops(home.tokens(),
                        home.options().withEnvironment(there).withRulesFile(rules))) {
            configured.save("chosen", TOKEN);
            assertThat(log.lines()).isEmpty();

            searching.save("github", TOKEN);
            searching.save("another", TOKEN);
            searching.save("github", AuthToken.builder("access-2").build());

            assertThat(log.lines()).containsExactly("WARN RecipientGuard " + home.file("github")
                    + " is saved for keys that are not known to be yours: " + OTHER + ". " + rules
                    + ", rule 1 names them, which was found from the working directory; if it is meant, set"
                    + " auth.storage.sops.config-file to it");
        }
        Files.writeString(rules, "creation_rules:\n  - age: " + OWN + "\n");
        try (LogCapture log = new LogCapture(RecipientGuard.class);
                CloseableTokenStorage searching = TokenStorages.sops(home.tokens(), home.options().withEnvironment(there))) {
            searching.save("own", TOKEN);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void refusesToWriteWhatAMissingIdentityCannotReadAgain() throws IOException {
        Files.delete(home.keyFile());
        Path missing = temp.resolve("age.txt");
        try (CloseableTokenStorage configured = TokenStorages.sops(home.tokens(),
                home.options().withAgeRecipients(List.of(OWN)).withAgeKeyFile(missing))) {
            assertThatThrownBy(() -> configured.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessage("auth.storage.sops.age.recipients encrypts for " + OWN
                            + ", and the identity to read such tokens again is missing: the configured key file (" + missing
                            + "): there is no such file. Make the file readable for this process, or correct the path"
                            + " (the new token was not stored)");
            assertThatThrownBy(() -> configured.update("github", current -> {
                throw new AssertionError("must not be called");
            })).isInstanceOf(StorageNotConfiguredException.class);
            assertThat(home.file("github")).doesNotExist();

            Files.writeString(missing, SopsHome.OWN_IDENTITY);
            configured.save("github", TOKEN);
            assertThat(configured.load("github")).contains(TOKEN);
        }
    }

    @Test
    void warnsOnceWhereNoIdentityIs() throws IOException {
        Files.delete(home.keyFile());
        try (LogCapture log = new LogCapture(RecipientGuard.class.getName());
                CloseableTokenStorage writing = home.openFor(OWN)) {
            writing.save("github", TOKEN);
            writing.save("gitlab", TOKEN);

            assertThat(log.lines()).containsExactly("WARN RecipientGuard auth.storage.sops.age.recipients encrypts for " + OWN
                    + ", and there is no identity here to read such tokens again: set auth.storage.sops.age.key-file, or provide"
                    + " one where sops looks for it");
        }
    }

    @Test
    void makesNoDirectoryForWhatIsNotConfigured() throws IOException {
        Files.delete(home.rulesFile());
        assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith(
                        "SOPS not configured. Run 'secrets doctor' for setup, or 'secrets init' to make a key and"
                                + " rules; for a service set auth.storage.sops.directory, auth.storage.sops.age.recipients and"
                                + " auth.storage.sops.age.key-file: there is no .sops.yaml in ")
                .isInstanceOfSatisfying(TokenStorageException.class,
                        failure -> assertThat(failure.unsavedToken()).contains(TOKEN));
        assertThatThrownBy(() -> storage.update("github", current -> {
            throw new AssertionError("must not be called");
        })).isInstanceOf(StorageNotConfiguredException.class);

        assertThat(home.tokens()).doesNotExist();
    }

    @Test
    void refusesStrangersInAShortLine() throws IOException {
        String stranger = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJYKj/7o7HmfzFCL5B5YOeNIC4h5KjjoEc63Rf3w02iy";
        home.rule("age: ['" + stranger + " " + "x".repeat(9000) + "']");
        assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml, rule 1 encrypts for " + stranger)
                .hasMessageContaining("and no key of this user is among them").message().hasSizeLessThan(3000);
    }

    @Test
    void refusesStrangersInTheSettingWithAFixForTheSetting() throws IOException {
        try (CloseableTokenStorage strangers = home.openFor(OTHER)) {
            assertThatThrownBy(() -> strangers.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessage("auth.storage.sops.age.recipients encrypts for " + OTHER + ", and no key of this user is among"
                            + " them: the tokens could be read by others and not by us. Add one of " + OWN
                            + " to auth.storage.sops.age.recipients, or let auth.storage.sops.age.key-file name the file with the"
                            + " identity of one of them (the new token was not stored)");
        }
    }

    @Test
    void namesWhatIsWrongAndTheSettingInUseOnce() throws IOException {
        storage.save("github", TOKEN);
        Files.move(home.keyFile(), home.keyFile().resolveSibling("away"));
        Path configured = home.keyFile().resolveSibling("other.txt");
        Files.writeString(configured, SopsHome.OTHER_IDENTITY);
        try (CloseableTokenStorage other = TokenStorages.sops(home.tokens(), home.options().withAgeKeyFile(configured))) {
            assertThatThrownBy(() -> other.load("github")).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessage(home.file("github") + ": no key at hand opens it. age " + OWN
                            + ": no identity matched the recipient (looked in "
                            + configured + ", " + home.keyFile()
                            + "): add the identity to one of these or set auth.storage.sops.age.key-file to its file");
        }
    }

    @Test
    void refusesGroupsOfWhichTooFewAreOwn() throws IOException {
        home.rule("key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OTHER + "]");
        assertThatThrownBy(() -> storage.save("github", TOKEN)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml, rule 1 encrypts for 2 key groups of which 2 are needed, and the keys of this"
                        + " user open only 1: the tokens could be read by others and not by us. Not opened are group 2: "
                        + OTHER + ". Add one of " + OWN);
        assertThat(home.file("github")).doesNotExist();
        Files.delete(home.keyFile());
        try (CloseableTokenStorage withoutKeys = home.open()) {
            withoutKeys.save("github", TOKEN);
        }
        assertThat(home.file("github")).exists();
    }

    @Test
    void warnsWhenKeyGroupsChange() throws IOException {
        storage.save("github", TOKEN);
        try (LogCapture log = new LogCapture(RecipientGuard.class)) {
            home.rule("key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OWN + "]",
                    "  - age: [" + OWN + ", " + OTHER + "]");
            storage.save("github", TOKEN);
            storage.save("github", TOKEN);
            home.rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OWN + "]",
                    "  - age: [" + OWN + ", " + OTHER + "]");
            storage.save("github", TOKEN);
            home.rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + ", " + OTHER + "]", "  - age: [" + OWN + "]",
                    "  - age: [" + OWN + "]");
            storage.save("github", TOKEN);
            storage.save("github", TOKEN);
            String rule = home.rulesFile() + ", rule 1";
            assertThat(log.messages()).containsExactly(
                    home.file("github") + " is saved with other recipients than before, as " + rule + " says: added " + OTHER,
                    home.file("github") + " is saved with its data key split over 3 key groups of which 3 are needed, as "
                            + rule
                            + " says; before it was in one key group",
                    home.file("github") + " is saved with its data key split over 3 key groups of which 2 are needed, as "
                            + rule
                            + " says; before it was split over 3 key groups of which 3 are needed",
                    home.file("github") + " is saved with its recipients in other key groups than before, as " + rule
                            + " says");
        }
    }

    @Test
    void warnsOnceOfMetadataInClear() throws IOException {
        home.rule("age: " + OWN, "encrypted_regex: _token$");

        try (LogCapture log = new LogCapture(ClearTextGuard.class)) {
            storage.save("github", TOKEN);
            storage.save("github", TOKEN);
            assertThat(log.messages()).singleElement().asString().contains("metadata.session_state")
                    .doesNotContain("metadata.session_state.");
        }
    }

    @Test
    void logsAStrangeRecipientInOneShortLine() throws IOException {
        storage.save("github", TOKEN);
        String whole = Files.readString(home.file("github"));
        Files.delete(home.file("github"));
        Files.writeString(home.file("github"), whole.replaceFirst("\"age\": \\[",
                "\"age\": [{\"recipient\": \"x\\\\n2026 ERROR" + "y".repeat(100_000) + "\", \"enc\": null},"));
        try (LogCapture log = new LogCapture(RecipientGuard.class)) {
            storage.save("github", TOKEN);

            assertThat(log.messages()).singleElement().satisfies(
                    message -> assertThat(message).contains("removed x?2026 ERROR").hasSizeLessThan(3000).doesNotContain("\n"));
        }
    }
}
