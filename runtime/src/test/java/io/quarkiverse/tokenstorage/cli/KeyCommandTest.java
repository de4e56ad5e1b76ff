package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.StorageSettings.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a command over many tokens does when something below it fails in a way that nobody has foreseen. */
class KeyCommandTest {

    private static final String PLANTED = "planted-secret";

    @TempDir
    Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "change")
    private static class Changing extends KeyCommand {

        private final Map<String, RuntimeException> failures;
        private final List<String> tried = new ArrayList<>();

        private Changing(Map<String, RuntimeException> failures) {
            this.failures = failures;
        }

        @Override
        Optional<KeyOutcome> outcome(KeyRotation rotation, String provider) {
            tried.add(provider);
            if (failures.containsKey(provider)) {
                throw failures.get(provider);
            }
            return Optional.empty();
        }

        @Override
        String word(KeyOutcome.Status status) {
            return status.name();
        }
    }

    private int run(Changing command, String... arguments) {
        command.settings = new StorageSettings("sops", Map.of(), Optional.empty(), Texts.NONE,
                new HostEnvironment(Map.of("HOME", home.toString()), home, home.toString(), OperatingSystem.LINUX));
        return new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void aFailureThatIsNotOursDoesNotKeepTheOthersFromTheirTurn() {
        Changing command = new Changing(Map.of("a", new NullPointerException(PLANTED), "b",
                new IllegalStateException(PLANTED, new DamagedDocumentException("b is damaged"))));

        assertThat(run(command, "a", "b", "c")).isEqualTo(1);

        assertThat(command.tried).containsExactly("a", "b", "c");
        assertThat(err.toString()).contains("[1/3] a: Internal error: java.lang.NullPointerException",
                "[2/3] b: b is damaged", "[3/3] c: No encrypted token of c", "3 of 3 tokens remain as they were",
                "'change a b c'").doesNotContain(PLANTED);
    }

    @Test
    void anInternalErrorIsNamedInJsonWithoutItsMessage() {
        assertThat(KeyOutcome.failed("a", new NullPointerException(PLANTED)).json()).isEqualTo(JsonObject.builder()
                .add("provider", "a").add("status", "failed")
                .add("detail", "Internal error: java.lang.NullPointerException").build());
    }

    @Test
    void oneAloneIsReportedAsAlways() {
        assertThat(run(new Changing(Map.of("a", new NullPointerException(PLANTED))), "a")).isEqualTo(1);

        assertThat(err.toString()).isEqualTo("Error: Internal error: java.lang.NullPointerException; --verbose shows where"
                + System.lineSeparator());
    }

    @Test
    void whatIsPossibleForNoTokenIsSaidOnce() {
        Changing command = new Changing(Map.of()) {
            @Override
            void requirePossible(KeyRotation rotation) {
                throw new StorageNotConfiguredException("not with this engine");
            }
        };

        assertThat(run(command, "a", "b")).isEqualTo(3);

        assertThat(command.tried).isEmpty();
        assertThat(err.toString()).startsWith("Error: not with this engine");
    }
}
