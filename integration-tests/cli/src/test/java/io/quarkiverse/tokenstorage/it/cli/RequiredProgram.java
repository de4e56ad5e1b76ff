package io.quarkiverse.tokenstorage.it.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/** Real programs that some tests need. Without one a test is skipped, and says so; it fails where {@code CI=true}. */
final class RequiredProgram {

    /** Where Go installs programs unless told otherwise, which is not always in PATH. */
    private static final Path GO_PROGRAMS = Path.of(System.getProperty("user.home"), "go", "bin");

    private RequiredProgram() {
    }

    /**
     * @param untested what is not tested without it, "… are not tested"
     * @param remedy how to install it
     */
    static Path find(String name, String untested, String remedy) {
        Optional<Path> found = Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).filter(entry -> !entry.isEmpty()).map(Path::of),
                Stream.of(GO_PROGRAMS)).map(directory -> directory.resolve(name)).filter(Files::isExecutable).findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        String message = "The program " + name + " is not here, so " + untested + ". To install it: " + remedy;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        System.err.println("SKIPPED: " + message);
        throw new TestAbortedException(message);
    }
}
