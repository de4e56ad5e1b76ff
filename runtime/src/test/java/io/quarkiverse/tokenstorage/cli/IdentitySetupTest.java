package io.quarkiverse.tokenstorage.cli;

import static io.quarkiverse.tokenstorage.FileModes.mode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import picocli.CommandLine;

class IdentitySetupTest {

    private static final String IDENTITY = "AGE-SECRET-KEY-1";

    @TempDir
    Path home;

    /** As a version wrote it that was killed while it added an identity. */
    @Test
    void aCopyThatIsLeftOverIsNoObstacle() throws IOException {
        setUp();
        Path keys = home.resolve(".config/sops/age/keys.txt");
        String first = Files.readString(keys);
        Path leftOver = Files.writeString(keys.resolveSibling("keys.txt.new"), "left over");

        String recipient = setUp();

        assertThat(Files.readString(keys)).startsWith(first).endsWith("\n").contains("# public key: " + recipient + "\n");
        assertThat(identities(keys)).hasSize(2);
        assertThat(mode(keys)).isEqualTo("r--------");
        assertThat(leftOver).hasContent("left over");
        try (Stream<Path> files = Files.list(keys.getParent())) {
            assertThat(files).containsExactlyInAnyOrder(keys, leftOver);
        }
    }

    @Test
    void aLinkedFileStaysALink() throws IOException {
        setUp();
        Path keys = home.resolve(".config/sops/age/keys.txt");
        Path elsewhere = Files.move(keys, Files.createDirectory(home.resolve("elsewhere")).resolve("own.txt"));
        Files.createSymbolicLink(keys, elsewhere);

        setUp();

        assertThat(keys).isSymbolicLink();
        assertThat(identities(elsewhere)).hasSize(2);
    }

    @Test
    void aLinkToNothingIsNamed() throws IOException {
        Path keys = home.resolve(".config/sops/age/keys.txt");
        Files.createDirectories(keys.getParent());
        Files.createSymbolicLink(keys, home.resolve("nothing"));

        assertThatThrownBy(this::setUp).isInstanceOf(CommandFailure.class).hasMessage("Cannot add an identity to " + keys
                + ": it is a link to nothing: remove it, or make what it leads to");
        assertThat(keys).isSymbolicLink();
    }

    private static List<String> identities(Path keys) throws IOException {
        return Files.readAllLines(keys).stream().filter(line -> line.startsWith(IDENTITY)).toList();
    }

    /** Adds an identity if there is a file already. */
    private String setUp() {
        CommandLine commandLine = new CommandLine(new SecretsInitCommand()).setOut(new PrintWriter(new StringWriter()));
        return new IdentitySetup(StorageOptions.defaults().withEnvironment(
                new HostEnvironment(Map.of("HOME", home.toString()), home, home.toString(), OperatingSystem.LINUX)))
                .run(new Terminal(commandLine), true).name();
    }
}
