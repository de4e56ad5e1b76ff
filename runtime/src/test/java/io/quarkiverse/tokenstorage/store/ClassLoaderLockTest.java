package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.content;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dev mode and continuous testing run copies of the library in several class loaders of one JVM. */
@Timeout(120)
class ClassLoaderLockTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    @TempDir
    Path directory;

    private final ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "the-other-thread"));

    private DirectoryStore patient;

    @BeforeEach
    void makeStore() {
        patient = new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    private Path lockFile(String provider) {
        return directory.resolve(".lock-" + NameHash.of(provider));
    }

    @Test
    void copiesOfTheLibraryInOtherClassLoadersExcludeEachOther() throws Exception {
        URL[] classPath = { url(DirectoryStore.class), url(StoreProcess.class), url(Logger.class) };
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Function<String, String> copy = inOtherLoader(loader);
            assertThat(copy.getClass().getName()).isEqualTo(CopiedStore.class.getName());
            assertThat(copy).isNotInstanceOf(CopiedStore.class);

            try (LockedDocument locked = patient.lock("github")) {
                assertThat(other.submit(() -> copy.apply("try")).get()).startsWith("LockTimeoutException: Gave up after 0.15s")
                        .contains("thread '" + Thread.currentThread().getName() + "' of this process");
                assertThat(copy.apply("try")).as("same thread").startsWith("IllegalStateException");
                assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).as("the lock was not dropped")
                        .startsWith("LockTimeoutException");
            }
            assertThat(copy.apply("try")).isEqualTo("free");

            Future<String> theirs = other.submit(() -> copy.apply("increment"));
            StoreProcess.increment(patient, "counter", 2, 30);
            assertThat(theirs.get()).isEqualTo("done");
            assertThat(content(patient, "counter")).isEqualTo("120");
        }
    }

    /** Somebody who replaces all system properties makes the class loaders forget each other, but not the file. */
    @Test
    void copiesExcludeEachOtherEvenIfTheSystemPropertiesAreReplaced() throws Exception {
        URL[] classPath = { url(DirectoryStore.class), url(StoreProcess.class), url(Logger.class) };
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Function<String, String> copy = inOtherLoader(loader);
            java.util.Properties all = System.getProperties();
            java.util.Properties without = (java.util.Properties) all.clone();
            try (LockedDocument locked = patient.lock("github")) {
                System.setProperties(without);
                assertThat(copy.apply("try")).startsWith("LockTimeoutException");
                assertThat(StoreJvm.run("try", directory.toString(), "PLAIN", "github")).startsWith("LockTimeoutException");
            } finally {
                System.setProperties(all);
            }
            System.clearProperty("io.quarkiverse.tokenstorage.lock:" + lockFile("github").toRealPath());
            assertThat(copy.apply("try")).isEqualTo("free");
        }
    }

    @SuppressWarnings("unchecked")
    private Function<String, String> inOtherLoader(ClassLoader loader) throws ReflectiveOperationException {
        return (Function<String, String>) loader.loadClass(CopiedStore.class.getName()).getConstructor(Path.class)
                .newInstance(directory);
    }

    private static URL url(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Speaks in types of the JDK only, so that one can talk to a copy of it in another class loader. */
    public static final class CopiedStore implements Function<String, String> {

        private final Path directory;

        public CopiedStore(Path directory) {
            this.directory = directory;
        }

        @Override
        public String apply(String operation) {
            try {
                if (operation.equals("increment")) {
                    StoreProcess.increment(new DirectoryStore(directory, DocumentNames.PLAIN, Duration.ofSeconds(60)),
                            "counter",
                            2, 30);
                    return "done";
                }
                new DirectoryStore(directory, DocumentNames.PLAIN, SHORT).lock("github").close();
                return "free";
            } catch (Exception e) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
    }
}
