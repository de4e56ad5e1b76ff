package io.quarkiverse.tokenstorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;

/** The order of system calls in a save, which no killed process can show: what the kernel knows survives a process. */
class WriteOrderTest {

    private static final String CALLS = "openat,mkdir,write,ftruncate,fsync,fdatasync,fchmod,chmod,fchmodat,rename,renameat,"
            + "renameat2,unlink,unlinkat";
    private static final String CONTENT = "the-content-of-the-document";

    @TempDir
    Path temp;

    private Path directory;
    private List<String> calls;

    @BeforeEach
    void requireTracer() throws IOException {
        SystemCommand.runOrSkip("strace", "-f", "-y", "-e", "trace=openat", "-o", temp.resolve("probe").toString(), "true");
        temp = temp.toRealPath();
        directory = temp.resolve("new/tokens");
    }

    private void trace(String codec) throws IOException {
        Path log = temp.resolve("trace");
        // No "unfinished" and "resumed" pairs of lines: -ff writes one file for each thread, and only one of them saves
        try (ChildJvm child = StoreJvm.start(List.of("strace", "-ff", "-y", "-s", "64", "-e", "trace=" + CALLS, "-o",
                log.toString()), "save", directory.toString(), codec, "github", CONTENT)) {
            assertThat(child.result()).isEqualTo("saved");
        }
        try (var logs = Files.list(temp)) {
            for (Path one : logs.filter(file -> file.getFileName().toString().startsWith("trace.")).toList()) {
                List<String> lines = Files.readAllLines(one);
                if (lines.stream().anyMatch(line -> line.contains("/.tmp-"))) {
                    assertThat(calls).as("only one thread saves").isNull();
                    calls = lines.stream().filter(line -> line.contains(temp.toString())).toList();
                }
                Files.delete(one);
            }
        }
        assertThat(calls).isNotNull();
    }

    private int only(String pattern) {
        Predicate<String> matches = Pattern.compile(pattern).asPredicate();
        List<String> found = calls.stream().filter(matches).toList();
        assertThat(found).as(pattern + " in\n" + String.join("\n", calls)).hasSize(1);
        return calls.indexOf(found.get(0));
    }

    private void assertOrderOfASave(String fileName, String mode) {
        String folder = Pattern.quote(directory.toString());
        String temporary = folder + "/\\.tmp-[0-9a-f]{16}-[0-9a-f]{16}";
        String target = folder + "/" + Pattern.quote(fileName);
        int created = only("^openat\\(.*\"" + temporary + "\", O_[A-Z|_]*O_CREAT\\|O_EXCL[A-Z|_]*, 0600\\) = \\d");
        int reserved = only("^write\\(\\d+<" + temporary + ">, \"\\\\0.*, " + 2 * CONTENT.length() + "\\)");
        int written = only("^write\\(\\d+<" + temporary + ">, \"" + CONTENT + "\", " + CONTENT.length() + "\\)");
        int cut = only("^ftruncate\\(\\d+<" + temporary + ">, " + CONTENT.length() + "\\)");
        int closedToOthers = only("chmod(at)?\\(.*" + temporary + ".*, " + mode + "\\b.*= 0");
        int synced = only("^f(data)?sync\\(\\d+<" + temporary + ">\\) += 0");
        int renamed = only("^rename(at2?)?\\(.*\"" + temporary + "\", .*\"" + target + "\".*= 0");
        int directorySynced = only("^fsync\\(\\d+<" + folder + ">\\) += 0");

        assertThat(List.of(created, reserved, written, cut, closedToOthers, synced, renamed, directorySynced)).isSorted();
        assertThat(calls.subList(synced, calls.size())).as("nothing is written after the synchronization")
                .noneMatch(call -> call.contains("/.tmp-") && (call.startsWith("write(") || call.contains("chmod")));
        assertThat(calls).as("the plain name is never opened for writing")
                .noneMatch(call -> call.contains("\"" + directory.resolve(fileName) + "\"") && call.contains("O_WRONLY"));
    }

    @Test
    void aFirstSaveAlsoMakesTheNewDirectoriesDurable() throws IOException {
        trace("SOPS");
        assertOrderOfASave("github.token.sops.json", "0400");

        String top = Pattern.quote(temp.toString());
        int parentMade = only("^mkdir\\(\"" + top + "/new\", 0700\\) += 0");
        int parentDurable = only("^fsync\\(\\d+<" + top + ">\\) += 0");
        int made = only("^mkdir\\(\"" + top + "/new/tokens\", 0700\\) += 0");
        int durable = only("^fsync\\(\\d+<" + top + "/new>\\) += 0");
        int created = only("O_EXCL.*, 0600\\) = \\d+<.*/\\.tmp-");
        assertThat(List.of(parentMade, parentDurable, made, durable, created)).isSorted();
    }

    @Test
    void aReplacementRemovesTheOlderFileLast() throws IOException {
        DirectoryStoreTest.save(new DirectoryStore(directory, DocumentNames.SOPS, java.time.Duration.ofSeconds(5)), "github",
                "1");
        Files.writeString(directory.resolve("github.sops.json"), "0");
        trace("SOPS");
        assertOrderOfASave("github.token.sops.json", "0400");
        int directorySynced = only("^fsync\\(\\d+<" + Pattern.quote(directory.toString()) + ">\\) += 0");
        int removed = only("^unlink(at)?\\(.*\"" + Pattern.quote(directory.toString()) + "/github\\.sops\\.json\".*= 0");
        assertThat(removed).isGreaterThan(directorySynced);
    }

    @Test
    void thePlainCodecDoesTheSame() throws IOException {
        trace("PLAIN");
        assertOrderOfASave("github.token.json", "0600");
    }
}
