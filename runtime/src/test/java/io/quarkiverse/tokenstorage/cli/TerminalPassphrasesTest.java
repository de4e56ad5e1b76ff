package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;
import io.quarkiverse.tokenstorage.HostEnvironment;

/** Another JVM with a real terminal, which {@code script} gives it. */
@Timeout(120)
class TerminalPassphrasesTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    Path directory;

    /** Asks twice and writes the answers to a file. */
    static final class Asking {

        public static void main(String[] arguments) throws IOException {
            TerminalPassphrases passphrases = new TerminalPassphrases(HostEnvironment.current());
            StringBuilder answers = new StringBuilder();
            for (int attempt = 1; attempt <= 2; attempt++) {
                Optional<char[]> answer = passphrases.ask("the file\u001b[2J", attempt);
                answers.append(answer.map(String::new).orElse("nobody")).append('\n');
            }
            Files.writeString(Path.of(arguments[0]), answers);
        }
    }

    @BeforeEach
    void programThatGivesATerminal() {
        assumeThat(Files.isExecutable(SCRIPT)).as("SKIPPED: there is no " + SCRIPT + " to give a program a terminal").isTrue();
    }

    @Test
    void asksThePersonAtTheTerminal() throws Exception {
        String shown = atTerminal("");
        assertThat(directory.resolve("answers")).hasContent("first word\nsecond\n");
        assertThat(shown).contains("Passphrase for the file\\u001b[2J: ",
                "Wrong passphrase. Passphrase for the file\\u001b[2J: ");
    }

    @Test
    void findsTheTerminalBehindRedirections() throws Exception {
        String shown = atTerminal(" </dev/null 2>/dev/null | cat >/dev/null");
        assertThat(directory.resolve("answers")).hasContent("first word\nsecond\n");
        assertThat(shown).contains("Passphrase for the file", "Wrong passphrase.");
    }

    @Test
    void asksNobodyWithoutATerminal() throws Exception {
        Process process = new ProcessBuilder("setsid", "--wait", "sh", "-c", asking()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("answers")).hasContent("nobody\nnobody\n");
    }

    private String asking() {
        return ChildJvm.command(Asking.class, ChildJvm.classPath(), directory.resolve("answers").toString()).stream()
                .collect(Collectors.joining("' '", "'", "'"));
    }

    /** @return what the terminal showed */
    private String atTerminal(String redirections) throws Exception {
        Process process = new ProcessBuilder(SCRIPT.toString(), "--quiet", "--return", "--command", asking() + redirections,
                "/dev/null").redirectErrorStream(true).start();
        StringBuilder shown = new StringBuilder();
        try (OutputStream out = process.getOutputStream(); InputStream in = process.getInputStream()) {
            for (String answer : new String[] { "first word\n", "second\n" }) {
                int asked = shown.length();
                int next = in.read();
                // Typed only when asked, for before that a terminal shows it
                while (next >= 0 && (shown.append((char) next).length() < 2 || shown.indexOf("2J: ", asked) < 0)) {
                    next = in.read();
                }
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            shown.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(shown.toString()).doesNotContain("first").doesNotContain("second");
            return shown.toString();
        }
    }
}
