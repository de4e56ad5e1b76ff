package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command line of an application, with a command of its own. */
class CommandLineSetupTest {

    @TempDir
    Path home;

    private final StringWriter err = new StringWriter();

    @Command(name = "acme", subcommands = Call.class)
    static final class Acme {
    }

    @Command(name = "call")
    static final class Call implements Runnable {

        @Parameters
        String argument;

        @Override
        public void run() {
            switch (argument) {
                case "unset" -> throw new StorageNotConfiguredException("there are no rules");
                case "wrapped" -> throw new IllegalStateException("around it", new DataKeyUnavailableException("no key"));
                default -> throw new IllegalArgumentException(argument);
            }
        }
    }

    private int run(String... arguments) {
        CommandLine acme = CommandLineSetup.apply(new CommandLine(new Acme()),
                new HostEnvironment(Map.of(), home, home.toString(), OperatingSystem.LINUX));
        return acme.setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @Test
    void whatTheStorageSaysIsOneLineInCommandsOfTheApplication() {
        assertThat(run("call", "unset")).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run("call", "wrapped")).isEqualTo(ExitCode.ERROR);
        assertThat(err.toString().lines()).containsExactly("Error: there are no rules", "Error: no key");
    }

    @Test
    void otherFailuresStayThoseOfTheApplication() {
        assertThat(run("call", "own")).isEqualTo(1);
        assertThat(err.toString()).startsWith("java.lang.IllegalArgumentException: own").contains("at ");
    }

    @Test
    void helpIsThereToBePointedTo() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(run("--help")).isZero();
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("Usage: acme [-h]").contains("-h, --help");
        assertThat(run("--nonsense")).isEqualTo(1);
        assertThat(err.toString()).contains("See 'acme --help'.");
    }

    @Test
    void noFileIsReadForArguments() throws Exception {
        Path file = Files.writeString(home.resolve("response.json"), "{\"access_token\": \"planted\", \"b\": 1}");

        assertThat(run("call", "@" + file)).isEqualTo(1);
        assertThat(run("call", "one", "@" + file)).isEqualTo(1);

        assertThat(err.toString()).contains("@" + file).doesNotContain("planted");
    }
}
