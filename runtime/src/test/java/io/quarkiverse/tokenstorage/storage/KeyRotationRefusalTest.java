package io.quarkiverse.tokenstorage.storage;

import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OTHER_IDENTITY;
import static io.quarkiverse.tokenstorage.storage.SopsHome.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.LockedDocument;

/** When keys are not changed: the reason is named, and the file stays as it was. */
class KeyRotationRefusalTest extends KeyRotationTestCase {

    @ParameterizedTest
    @EnumSource
    void eachTroubleIsNamedAndLeavesTheFile(Operation operation) throws IOException {
        String whole = content();
        home.rule("age: " + OTHER);
        unchangedBy(operation, StorageNotConfiguredException.class, OTHER, OWN, ".sops.yaml, rule 1");

        home.rule("age: " + OTHER + "," + OWN, "encrypted_regex: ^(data|stringData)$");
        unchangedBy(operation, StorageNotConfiguredException.class, "would leave access_token in clear", "rule 1");

        Files.delete(home.rulesFile());
        unchangedBy(operation, StorageNotConfiguredException.class, "there is no .sops.yaml");

        home.rule("age: " + OTHER + "," + OWN);
        replace(whole.replaceFirst("data:..", "data:AA"));
        unchangedBy(operation, DamagedDocumentException.class, "github.token.sops.json is damaged");
        replace(whole.substring(0, 100));
        unchangedBy(operation, DamagedDocumentException.class, "github.token.sops.json");

        replace(whole);
        home.rule("age: " + OTHER);
        home.identity(OTHER_IDENTITY);
        storage.close();
        storage = home.open();
        unchangedBy(operation, DataKeyUnavailableException.class, "github.token.sops.json", OWN);
    }

    @Test
    void theThresholdThatTheFileKeepsDecidesWhetherItCouldBeReadAfterwards() throws IOException {
        home.rule("shamir_threshold: 2", "key_groups:", "  - age: [" + OWN + "]", "  - age: [" + OWN + ", " + OTHER + "]",
                "  - age: [" + OTHER + "]");
        unchangedBy(Operation.UPDATE_KEYS, StorageNotConfiguredException.class, "Updating keys keeps the threshold of the file,"
                + " so 3 of the 3 key groups of " + home.rulesFile()
                + ", rule 1 would be needed, and the keys of this user open"
                + " only 2: the token could be read by others and not by us. Run 'secrets rotate' instead: it applies the"
                + " shamir_threshold of the rule");

        assertThat(storage.previewRotate("github").orElseThrow().keys().newThreshold()).isEqualTo(2);
        storage.rotate("github");
        assertThat(storage.load("github")).contains(TOKEN);
        home.rule("shamir_threshold: 3", "key_groups:", "  - age: [" + OTHER + "]", "  - age: [" + OWN + "]",
                "  - age: [" + OWN + ", " + OTHER + "]");
        unchangedBy(Operation.ROTATE, StorageNotConfiguredException.class, "open only 2");
        assertThat(storage.updateKeys("github").orElseThrow().keys().newThreshold()).isEqualTo(2);
        try (SopsTokenStorage another = home.open()) {
            assertThat(another.load("github")).contains(TOKEN);
        }
    }

    private void unchangedBy(Operation operation, Class<? extends Exception> failure, String... told) throws IOException {
        byte[] before = Files.readAllBytes(home.file("github"));
        for (var attempt : List.of(operation.preview, operation.change)) {
            assertThatThrownBy(() -> attempt.apply(storage, "github")).isInstanceOf(failure)
                    .satisfies(e -> assertThat(e.getMessage()).contains(told).doesNotContain("access-1", "refresh-1"));
        }
        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
        assertThat(files()).noneMatch(name -> name.startsWith(".tmp-"));
    }

    @ParameterizedTest
    @EnumSource
    void aHeldLockIsWaitedForAndNamed(Operation operation) throws IOException {
        home.rule("age: " + OTHER + "," + OWN);
        byte[] before = Files.readAllBytes(home.file("github"));
        DirectoryStore store = new DirectoryStore(home.tokens(), DocumentNames.SOPS, Duration.ZERO);
        try (SopsTokenStorage impatient = TokenStorages.sops(home.tokens(),
                home.options().withLockTimeout(Duration.ofMillis(50)))) {
            Thread waiting;
            Throwable[] thrown = new Throwable[1];
            try (LockedDocument held = store.lock("github")) {
                waiting = new Thread(() -> operation.change.apply(impatient, "github"));
                waiting.setUncaughtExceptionHandler((thread, failure) -> thrown[0] = failure);
                waiting.start();
                join(waiting);
                assertThat(operation.preview.apply(impatient, "github")).isPresent();
            }
            assertThat(thrown[0]).isInstanceOf(LockTimeoutException.class).hasMessageContaining("github");
            assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void insideAnUpdateNoKeysAreChanged(Operation operation) {
        assertThatThrownBy(() -> storage.update("other", current -> {
            operation.change.apply(storage, "github");
            return Optional.empty();
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("inside the update of 'other'");
        storage.update("other", current -> {
            assertThat(operation.preview.apply(storage, "github")).isPresent();
            return Optional.empty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void badNamesAndAClosedStorageAreRefused(Operation operation) {
        assertThatThrownBy(() -> operation.change.apply(storage, "../github")).isInstanceOf(InvalidProviderNameException.class);
        storage.close();
        assertThatThrownBy(() -> operation.change.apply(storage, "github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> operation.preview.apply(storage, "github")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withTheProgramAPreviewRefusesWhatTheUpdateWould() throws IOException {
        byte[] before = Files.readAllBytes(home.file("github"));
        try (SopsTokenStorage other = TokenStorages.sops(home.tokens(), home.options().withSopsExecutable("no-such-sops"))) {
            assertThat(other.previewUpdateKeys("github").orElseThrow().changed()).isFalse();
            home.rule("age: " + OTHER + "," + OWN);
            assertThatThrownBy(() -> other.previewUpdateKeys("github")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("auth.storage.sops.engine=executable");
            assertThatThrownBy(() -> other.updateKeys("github")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("auth.storage.sops.engine=executable");
            assertThatThrownBy(other::requireUpdatableKeys).isInstanceOf(StorageNotConfiguredException.class);
        }
        storage.requireUpdatableKeys();
        assertThat(Files.readAllBytes(home.file("github"))).isEqualTo(before);
    }
}
