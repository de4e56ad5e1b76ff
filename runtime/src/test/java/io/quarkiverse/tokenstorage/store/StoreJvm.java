package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.FileModes.chmod;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.ChildJvm;

/** Other JVMs that run {@link StoreProcess}, with no more of a class path than a store needs. */
final class StoreJvm {

    /** Debian's and Fedora's "nobody". */
    static final int NOBODY = 65534;

    private StoreJvm() {
    }

    static ChildJvm start(String... args) {
        return start(List.of(), args);
    }

    static ChildJvm start(List<String> prefix, String... args) {
        return ChildJvm.start(prefix, StoreProcess.class, classPath(), args);
    }

    /** Runs to the end and returns all it prints. */
    static String run(String... args) {
        try (ChildJvm child = start(args)) {
            return child.result();
        }
    }

    /**
     * Runs as "nobody"; only root can do so.
     *
     * @param readable a directory that everybody may read; the classes are copied there, as nobody may not read ours
     */
    static String runAsNobody(Path readable, String... args) throws IOException {
        String user = Integer.toString(NOBODY);
        try (ChildJvm child = ChildJvm.start(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"),
                StoreProcess.class, copyClasses(readable), args)) {
            return child.result();
        }
    }

    private static String classPath() {
        return Stream.of(DirectoryStore.class, StoreProcess.class, Logger.class).map(StoreJvm::location).map(Path::toString)
                .distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String copyClasses(Path readable) throws IOException {
        Path target = readable.resolve("classes");
        if (!Files.exists(target)) {
            for (Class<?> type : List.of(DirectoryStore.class, StoreProcess.class)) {
                Path source = location(type);
                try (Stream<Path> files = Files.walk(source.resolve("io/quarkiverse/tokenstorage"))) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                        Path copy = target.resolve(source.relativize(file).toString());
                        Files.createDirectories(copy.getParent());
                        Files.copy(file, copy);
                    }
                }
            }
            Files.copy(location(Logger.class), target.resolve("logging.jar"));
            try (Stream<Path> files = Files.walk(target)) {
                for (Path file : files.toList()) {
                    chmod(file, "rwxr-xr-x");
                }
            }
        }
        return target + File.pathSeparator + target.resolve("logging.jar");
    }
}
