package io.quarkiverse.tokenstorage.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, on a copy of the application, so that each test trains its own archive. */
class LauncherIT {

    @TempDir
    Path directory;

    private Path application;
    private Program program;

    @BeforeEach
    void setUp() throws IOException {
        assumeFalse(Program.Artifact.isNative(), "A native executable needs no launcher");
        application = Files.createDirectory(directory.resolve("an application"));
        Files.copy(Program.Artifact.path(), application.resolve(Program.Artifact.path().getFileName()));
        Files.copy(Program.Artifact.TARGET.resolve("token-storage"), application.resolve("token-storage"));
        assertThat(application.resolve("token-storage").toFile().setExecutable(true)).isTrue();
        program = new Program(Files.createDirectory(directory.resolve("home")))
                .with("JAVA_HOME", System.getProperty("java.home"));
    }

    private Program.Run launch(Program in, String... arguments) {
        List<String> command = new ArrayList<>(List.of(application.resolve("token-storage").toString()));
        command.addAll(List.of(arguments));
        return in.execute(command, new byte[0]);
    }

    private List<String> archives() throws IOException {
        if (!Files.exists(application.resolve("archive"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(application.resolve("archive"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theFirstStartTrainsAnArchiveAndTouchesNobodysHome() throws IOException {
        Program.Run first = launch(program, "auth", "status");
        first.failed(2, "Not logged in");
        assertThat(archives()).hasSize(1).allMatch(name -> name.matches("\\d+-\\d+-\\d+\\.(jsa|aot)"));
        try (Stream<Path> files = Files.list(program.home())) {
            assertThat(files).isEmpty();
        }
        List<String> trained = archives();

        launch(program, "auth", "status").failed(2, "Not logged in");
        assertThat(archives()).isEqualTo(trained);
    }

    @Test
    void trainingTouchesNeitherTokensNorKeysThatVariablesLeadTo() throws IOException {
        Path tokens = Files.createDirectory(program.home().resolve("tokens"));
        Path token = Files.writeString(tokens.resolve("training.token.sops.json"), "somebody's token");
        Path keys = program.home().resolve("keys.txt");
        Path rules = program.home().resolve("rules.yaml");
        Program settings = program.with("AUTH_STORAGE_SOPS_DIRECTORY", tokens.toString())
                .with("AUTH_STORAGE_SOPS_AGE_KEY_FILE", keys.toString())
                .with("AUTH_STORAGE_SOPS_CONFIG_FILE", rules.toString())
                .with("JDK_JAVA_OPTIONS", "-Dauth.storage.file.directory=" + tokens);

        launch(settings, "--version").succeeded();

        assertThat(archives()).hasSize(1).allMatch(name -> name.matches("\\d+-\\d+-\\d+\\.(jsa|aot)"));
        assertThat(token).hasContent("somebody's token");
        try (Stream<Path> files = Files.list(tokens)) {
            assertThat(files).containsExactly(token);
        }
        assertThat(keys).doesNotExist();
        assertThat(rules).doesNotExist();
    }

    @Test
    void theWorkingDirectoryStaysTheUsers() throws IOException {
        Path project = Files.createDirectory(program.home().resolve("project"));
        Program off = program.with("TOKEN_STORAGE_ARCHIVE", "off").in(project);

        launch(off, "secrets", "init", "--local").succeeded();

        assertThat(project.resolve(".sops.yaml")).exists();
        assertThat(archives()).isEmpty();
    }

    @Test
    void aSymbolicLinkLeadsToTheApplication() throws IOException {
        Path link = Files.createSymbolicLink(program.home().resolve("ts"), application.resolve("token-storage"));
        Path relative = Files.createSymbolicLink(program.home().resolve("ts2"), Path.of("ts"));

        Program off = program.with("TOKEN_STORAGE_ARCHIVE", "off");
        assertThat(off.execute(List.of(link.toString(), "--version"), new byte[0]).succeeded().out())
                .startsWith("token-storage ");
        assertThat(off.execute(List.of(relative.toString(), "--version"), new byte[0]).succeeded().out())
                .startsWith("token-storage ");
    }

    @Test
    void whereNoArchiveCanBeWrittenTheProgramRunsWithout() throws IOException {
        Files.writeString(application.resolve("archive"), "in the way");

        assertThat(launch(program, "--version").succeeded().stderr()).isEmpty();
    }

    @Test
    void anArchiveThatDoesNotFitIsIgnoredInSilence() throws IOException {
        Path archive = trained();
        Files.write(archive, new byte[(int) Files.size(archive)]);

        Program.Run run = launch(program, "--version").succeeded();

        assertThat(run.out()).startsWith("token-storage ").hasLineCount(1);
        assertThat(run.stderr()).isEmpty();
    }

    /** The JVM would crash on it. */
    @Test
    void anArchiveThatWasCutOffIsMadeAgain() throws IOException {
        Path archive = trained();
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            channel.truncate(3_000_000);
        }

        Program.Run run = launch(program, "--version").succeeded();

        assertThat(run.out()).startsWith("token-storage ").hasLineCount(1);
        assertThat(run.stderr()).isEmpty();
        assertThat(archives()).hasSize(1);
        assertThat(Files.size(archive())).isGreaterThan(3_000_000);
    }

    @Test
    void anotherApplicationAtTheSamePlaceTrainsItsOwnArchive() throws IOException {
        Path archive = trained();
        Path jar = application.resolve(Program.Artifact.path().getFileName());
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2024-02-03T04:05:06Z")));

        launch(program, "--version").succeeded();

        assertThat(archives()).hasSize(2).contains(archive.getFileName().toString());
    }

    @Test
    void twoApplicationsAreOneLine() throws IOException {
        Files.writeString(application.resolve("a-0.0.1-runner.jar"), "");

        launch(program, "--version").failed(1, "more than one application");
    }

    private Path trained() throws IOException {
        launch(program, "--version").succeeded();
        Path archive = archive();
        assertThat(archive.toFile().setWritable(true)).isTrue();
        return archive;
    }

    private Path archive() throws IOException {
        return application.resolve("archive").resolve(archives().get(0));
    }

    @Test
    void twoFirstStartsAtOnceDoNotDisturbEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Program.Run> one = threads.submit(() -> launch(program, "--version"));
            Future<Program.Run> two = threads.submit(() -> launch(program, "--version"));
            assertThat(one.get().succeeded().out()).isEqualTo(two.get().succeeded().out());
        } finally {
            threads.shutdown();
        }
        assertThat(archives()).hasSize(1).allMatch(name -> name.matches("\\d+-\\d+-\\d+\\.(jsa|aot)"));
    }

    @Test
    void aMissingJavaIsOneLine() {
        Program.Run run = launch(program.with("JAVA_HOME", "/nowhere"), "--version");

        run.failed(1, "JAVA_HOME=/nowhere");
    }

    private Program.Run shell(String script) {
        return program.with("TOKEN_STORAGE_ARCHIVE", "off").with("TS", application.resolve("token-storage").toString())
                .execute(List.of("sh", "-c", script), new byte[0]);
    }

    @Test
    void closedStreamsAreNotTakenForFilesOfTheJvm() {
        shell("\"$TS\" auth import corporate <&-").failed(1, "standard input: empty");
        shell("\"$TS\" --version >&- <&- && \"$TS\" auth providers >&- 2>&-").succeeded();
        shell("\"$TS\" auth status corporate >&-").failed(1, "Could not write the result to standard output");
    }

    @Test
    void aWorkingDirectoryThatIsGoneIsOneLine() {
        shell("mkdir gone && cd gone && rmdir ../gone && \"$TS\" auth status").failed(1, "working directory is gone");
    }

    @Test
    void withoutALocaleNamesMayHaveUmlautsAllTheSame() {
        String script = "d=$(printf 'd\\303\\274r') && mkdir -p $d && cd $d && LC_ALL=C \"$TS\" secrets init --local && "
                + "printf '{\"access_token\":\"a\"}' >$d.json && LC_ALL=POSIX \"$TS\" auth import corporate $d.json";

        assertThat(shell(script).succeeded().out()).contains("/d\u00fcr/.sops.yaml");
    }
}
