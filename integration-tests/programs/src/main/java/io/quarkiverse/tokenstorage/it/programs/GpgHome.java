package io.quarkiverse.tokenstorage.it.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A throw-away home of GnuPG with an agent of its own, which is ended with it. Its path is short: the sockets of the agent are
 * in it.
 */
public final class GpgHome implements AutoCloseable {

    private static final byte[] NO_INPUT = {};
    /** Else the agent measures how often it can hash in a tenth of a second, each time it is started. */
    private static final String FAST_PASSPHRASES = "s2k-count 65536";

    private final Path gpg;
    private final Path directory;

    public GpgHome() {
        gpg = RealProgram.GPG.required();
        try {
            directory = Files.createTempDirectory("gpg").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configure("allow-preset-passphrase", "pinentry-program /no/such/program");
    }

    public Path directory() {
        return directory;
    }

    /** With which curve a key is made does not matter to sops; these are fast. */
    public String generate(String name, String passphrase) {
        return generate(name, passphrase, "future-default", "default", "never");
    }

    /** @return the fingerprint of the new key */
    public String generate(String name, String passphrase, String algorithm, String usage, String expiry, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--pinentry-mode", "loopback", "--passphrase", passphrase, "--quick-generate-key", name,
                algorithm, usage, expiry));
        run(NO_INPUT, arguments.toArray(String[]::new));
        return fingerprints(name).get(0);
    }

    /** The fingerprints of a key and its subkeys. */
    public List<String> fingerprints(String name) {
        return fields("fpr", name, "--list-keys");
    }

    /** The IDs under which the agent knows a key and its subkeys. */
    public List<String> keygrips(String name) {
        return fields("grp", name, "--with-keygrip", "--list-secret-keys");
    }

    private List<String> fields(String record, String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--with-colons"));
        arguments.addAll(List.of(options));
        arguments.add(name);
        return run(NO_INPUT, arguments.toArray(String[]::new)).text().lines().filter(line -> line.startsWith(record + ":"))
                .map(line -> line.split(":")[9]).toList();
    }

    /** What gpg says, which must succeed. */
    public ProgramRun run(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(gpg.toString(), "--batch", "--no-tty"));
        command.addAll(List.of(arguments));
        ProgramRun run = ProgramRun.of(command, Map.of("GNUPGHOME", directory.toString(), "PATH", "/usr/bin:/bin", "LC_ALL",
                "C.UTF-8"), directory, input);
        run.output();
        return run;
    }

    public void importRevocation(String fingerprint) throws IOException {
        Path certificate = directory.resolve("openpgp-revocs.d").resolve(fingerprint + ".rev");
        run(Files.readString(certificate).replace(":-----", "-----").getBytes(StandardCharsets.UTF_8), "--import");
    }

    /** The agent forgets all passphrases and takes this configuration. */
    public void configure(String... lines) {
        killAgent();
        try {
            Files.writeString(directory.resolve("gpg-agent.conf"), FAST_PASSPHRASES + "\n" + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The agent forgets all passphrases and gets a pinentry program that answers every question with this line of its protocol,
     * and keeps what it is told.
     */
    public void answerQuestions(String answer) {
        Path pinentry = ShellScript.write(directory.resolve("pinentry"), """
                echo OK
                while read -r command rest; do
                case $command in
                GETPIN) echo asked >> %1$s; printf '%3$s\\n';;
                OPTION) echo "$rest" >> %2$s; echo OK;;
                BYE) echo OK; exit 0;;
                *) echo OK;;
                esac
                done
                """.formatted(questionsFile(), optionsFile(), answer));
        try {
            Files.deleteIfExists(questionsFile());
            Files.deleteIfExists(optionsFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configure("pinentry-program " + pinentry);
    }

    private Path questionsFile() {
        return directory.resolve("questions");
    }

    private Path optionsFile() {
        return directory.resolve("options");
    }

    /** How often a passphrase was asked for since {@link #answerQuestions}. */
    public int questions() {
        return lines(questionsFile()).size();
    }

    /** What the pinentry program was told of the terminal and the like, as {@code name=value}. */
    public List<String> pinentryOptions() {
        return lines(optionsFile());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the passphrase of all parts of a key to the agent, as an administrator does for a service. */
    public void preset(String name, String passphrase) {
        Path program = Path.of(ProgramRun.of(List.of(program("gpgconf"), "--list-dirs", "libexecdir"), Map.of(), directory,
                NO_INPUT).text().strip()).resolve("gpg-preset-passphrase");
        for (String keygrip : keygrips(name)) {
            ProgramRun.of(List.of(program.toString(), "--preset", keygrip), Map.of("GNUPGHOME", directory.toString()),
                    directory, passphrase.getBytes(StandardCharsets.UTF_8)).output();
        }
    }

    private String program(String name) {
        return gpg.resolveSibling(name).toString();
    }

    private void killAgent() {
        ProgramRun.of(List.of(program("gpgconf"), "--kill", "all"), Map.of("GNUPGHOME", directory.toString(), "PATH",
                "/usr/bin:/bin"), directory, NO_INPUT).output();
    }

    @Override
    public void close() {
        killAgent();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                /** The agent takes its sockets with it, but not at once. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
