package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands in a command line of somebody else, who has not heard of our exit codes. */
class MountedCommandsTest {

    private static final String SECRET = "planted-secret";

    @TempDir
    Path home;

    @Command(name = "host", subcommands = { AuthCommand.class, SecretsCommand.class })
    static final class Host {
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(TokenStorage storage, String... arguments) {
        StorageSettings settings = new StorageSettings("memory", Map.of(), Optional.empty(), StorageSettings.Texts.NONE,
                new HostEnvironment(Map.of("HOME", home.toString()), home, home.toString(), OperatingSystem.LINUX));
        CommandLine.IFactory beans = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                K created = CommandLine.defaultFactory().create(type);
                if (created instanceof StorageCommand command) {
                    command.storage = storage;
                    command.settings = settings;
                }
                if (created instanceof GroupSubcommands groups) {
                    groups.arguments = new StartArguments(List.of(arguments));
                }
                return created;
            }
        };
        return new CommandLine(new Host(), beans).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void usageErrorsOfMountedCommandsAreExitCode1() {
        assertThat(run(TokenStorages.memory(), "auth", "nonsense")).isEqualTo(1);
        assertThat(run(TokenStorages.memory(), "auth", "status", "--nonsense")).isEqualTo(1);
        assertThat(run(TokenStorages.memory(), "auth")).isEqualTo(1);
        assertThat(run(TokenStorages.memory(), "secrets", "doctor", "more")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void resultsGoWhereTheHostWantsThem() {
        TokenStorage storage = TokenStorages.memory();
        storage.save("corporate", AuthToken.builder("the-token").build());

        assertThat(run(storage, "auth", "token")).isZero();

        assertThat(out.toString()).isEqualTo("the-token" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void eachTroubleHasItsExitCodeAndOneLine() {
        assertThat(run(failing(new StorageNotConfiguredException("no rules")), "auth", "token", "p")).isEqualTo(3);
        assertThat(err.toString()).isEqualTo("Error: no rules. Run 'host secrets doctor' for setup" + System.lineSeparator());
        err.getBuffer().setLength(0);
        assertThat(run(failing(new DamagedDocumentException("f is damaged")), "auth", "status", "p")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("Error: f is damaged. Restore the file from a copy, or log in again or import a"
                + " token: 'host auth import p FILE'" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatABeansCreationThrewIsUnwrapped() {
        RuntimeException wrapped = new IllegalStateException("creation", new StorageNotConfiguredException("no rules"));

        assertThat(run(failing(wrapped), "auth", "token", "p")).isEqualTo(3);
        assertThat(err.toString()).contains("no rules").doesNotContain("creation");
    }

    @Test
    void theMessageOfAForeignExceptionIsNeverShown() {
        RuntimeException foreign = new IllegalArgumentException("Unexpected character in " + SECRET);

        assertThat(run(failing(foreign), "auth", "token", "p")).isEqualTo(1);
        assertThat(err.toString()).contains("IllegalArgumentException").doesNotContain(SECRET, "\tat ");
        err.getBuffer().setLength(0);
        assertThat(run(failing(foreign), "auth", "token", "--verbose", "p")).isEqualTo(1);
        assertThat(err.toString()).contains("    at ").doesNotContain(SECRET);
    }

    private static TokenStorage failing(RuntimeException failure) {
        return new TokenStorage() {
            @Override
            public void save(String provider, AuthToken token) {
                throw failure;
            }

            @Override
            public Optional<AuthToken> load(String provider) {
                throw failure;
            }

            @Override
            public boolean delete(String provider) {
                throw failure;
            }

            @Override
            public boolean exists(String provider) {
                throw failure;
            }

            @Override
            public Set<String> providers() {
                throw failure;
            }

            @Override
            public Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
                throw failure;
            }
        };
    }
}
