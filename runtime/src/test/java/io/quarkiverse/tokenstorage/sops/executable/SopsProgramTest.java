package io.quarkiverse.tokenstorage.sops.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

/** Which program the engine takes for sops, and that it is asked once. */
class SopsProgramTest extends FakeSopsTestCase {

    @Test
    void aProgramThatIsNotThereIsAConfigurationErrorWithTheFix() {
        try (ExecutableEngine engine = engine("no-such-sops", Duration.ofSeconds(1), Optional.empty())) {
            assertThatThrownBy(() -> engine.decrypt(encrypted(rule(), PLAIN), "x")).isInstanceOf(
                    StorageNotConfiguredException.class)
                    .hasMessage("There is no program 'no-such-sops' in PATH; install sops 3.10.0 or newer, set"
                            + " auth.storage.sops.executable to its path, or remove auth.storage.sops.engine");
            assertThatThrownBy(() -> engine.prepare(rule()).requireReady()).isInstanceOf(StorageNotConfiguredException.class);
            assertThatThrownBy(() -> engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain")))
                    .isInstanceOf(StorageNotConfiguredException.class);
        }
        try (ExecutableEngine engine = engine("./bin/nothing", Duration.ofSeconds(1), Optional.empty())) {
            assertThatThrownBy(() -> engine.decrypt(encrypted(rule(), PLAIN), "x"))
                    .hasMessageStartingWith("There is no program './bin/nothing' that may be executed; install sops");
        }
    }

    @Test
    void aProgramIsFoundInThePathAlsoWhenItComesLater() throws IOException {
        Path later = Files.createDirectory(directory.resolve("later"));
        variables.put("PATH", directory.resolve("absent") + ":" + later + ":/usr/bin:/bin");
        byte[] document = encrypted(rule(), PLAIN);
        try (ExecutableEngine engine = engine("sops", Duration.ofSeconds(30), Optional.empty())) {
            assertThatThrownBy(() -> engine.decrypt(document, "x")).isInstanceOf(StorageNotConfiguredException.class);
            Files.createSymbolicLink(later.resolve("sops"), sops.does("echo '{\"a\":\"b\"}'").program());
            assertThat(engine.decrypt(document, "x")).isEqualTo(JsonObject.builder().add("a", "b").build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "sops 3.9.4", "sops 3.9.4 (latest)", "sops 2.99.0", "sops 0.0.1" })
    void anOldProgramIsRefusedBeforeItGetsADocument(String version) {
        sops.version(version);

        assertThatThrownBy(() -> encrypt(rule())).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(sops.program() + " is sops " + version.split(" ")[1] + ", which is too old")
                .hasMessageContaining("install sops 3.10.0 or newer");
        assertThat(sops.calls()).containsExactly("--version");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sops", "gpg 3.13.2", "sops 3.13", "sops 3.13.2.1", "sops 99999999999.0.0" })
    void whatIsNotSopsIsRefusedBeforeItGetsADocument(String version) {
        sops.version(version);

        assertThatThrownBy(() -> engine().decrypt(encrypted(rule(), PLAIN), "x")).isInstanceOf(
                StorageNotConfiguredException.class).hasMessageContaining("does not tell its version as sops does");
        assertThat(sops.calls()).containsExactly("--version");
    }

    @Test
    void theVersionIsAskedOnce() {
        sops.does("cat document").file("document", encrypted(rule(), PLAIN));
        try (ExecutableEngine engine = engine()) {
            engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain"));
            engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain"));
        }
        assertThat(sops.calls()).filteredOn("--version"::equals).hasSize(1);
        assertThat(sops.calls()).hasSize(3);
    }

    @Test
    void aProgramThatHangsOrNeverEndsItsOutputIsKilled() {
        byte[] document = encrypted(rule(), PLAIN);
        try (ExecutableEngine engine = engine(sops.program().toString(), Duration.ofMillis(500), Optional.empty())) {
            sops.does("exec sleep 600");
            assertThatThrownBy(() -> engine.decrypt(document, "x")).isExactlyInstanceOf(TokenStorageException.class)
                    .hasMessageStartingWith(sops.program() + ": the program did not finish within");
            assertThatThrownBy(() -> engine.prepare(rule()).encrypt(JsonReader.read(PLAIN, "plain")))
                    .isExactlyInstanceOf(TokenStorageException.class);
        }
        sops.does("exec cat /dev/zero");
        assertThatThrownBy(() -> engine().decrypt(document, "x")).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining("its output is larger than");
    }

    @Test
    void anInterruptDoesNotCostTheDocumentAndIsKept() throws Exception {
        sops.does("touch started; cat >input; while [ ! -e go ]; do sleep 0.05; done; cat document")
                .file("document", encrypted(rule(), PLAIN));
        byte[][] result = new byte[1][];
        boolean[] interrupted = new boolean[1];
        Thread thread = new Thread(() -> {
            result[0] = encrypt(rule());
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        thread.start();
        Path started = directory.resolve("bin/started");
        while (!Files.exists(started)) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        sops.file("go", new byte[0]);
        thread.join();

        assertThat(result[0]).isNotNull();
        assertThat(interrupted[0]).isTrue();
    }
}
