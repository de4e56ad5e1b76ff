package io.quarkiverse.tokenstorage.it.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things are in the work tree of this project. */
final class Project {

    static final Path ROOT = Path.of(System.getProperty("docs.project")).toAbsolutePath().normalize();
    static final Path BUILD = Path.of(System.getProperty("docs.build"));
    static final String VERSION = System.getProperty("docs.version");
    static final Path README = ROOT.resolve("README.md");
    static final Path MODULE = ROOT.resolve("docs/modules/ROOT");
    static final Path EXAMPLES = MODULE.resolve("examples");

    private Project() {
    }

    /** The pages and partials of the documentation. */
    static List<Path> pages() {
        return files(MODULE, ".adoc");
    }

    static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.getFileName().toString().endsWith(suffix) && Files.isRegularFile(file)).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}
