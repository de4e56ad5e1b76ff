package io.quarkiverse.tokenstorage.interop.keys.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.ShellScript;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Token files for PGP keys: when gpg is started, what it is not trusted with, and what an interrupt does not break. */
class PgpTokenFilesTest extends PgpTestCase {

    @Test
    void anUnchangedTokenFileStartsNoGpg() {
        Path calls = directory.resolve("calls");
        Path counting = ShellScript.write(directory.resolve("counting gpg"),
                "echo \"$*\" >> '" + calls + "'\nexec gpg \"$@\"\n");
        box.set("SOPS_GPG_EXEC", counting.toString());
        pgpRule(plain);
        StorageOptions options = StorageOptions.defaults().withEnvironment(box.environment());
        Path tokens = box.home().resolve("tokens");
        AuthToken token = AuthToken.builder("access").refreshToken("refresh").build();
        try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options)) {
            storage.save("corporate", token);
            assertThat(calls(calls)).hasSize(2).anySatisfy(call -> assertThat(call).contains("--list-secret-keys"))
                    .anySatisfy(call -> assertThat(call).contains("--encrypt"));
            assertThat(storage.load("corporate")).contains(token);
            storage.save("corporate", token);
            assertThat(calls(calls)).hasSize(3).last().asString().contains("--encrypt");
        }
        try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options)) {
            assertThat(storage.load("corporate")).contains(token);
            assertThat(calls(calls)).hasSize(4).last().asString().contains("--decrypt");
            for (int i = 0; i < 5; i++) {
                assertThat(storage.load("corporate")).contains(token);
            }
            assertThat(storage.update("corporate", stored -> stored)).contains(token);
        }
        assertThat(calls(calls)).filteredOn(call -> call.contains("--decrypt")).hasSize(1);
    }

    @Test
    void rulesForStrangersOnlyAreRefused() {
        try (GpgHome other = new GpgHome()) {
            String stranger = other.generate("stranger", "");
            gpg.run(other.run(new byte[0], "--export", stranger).output(), "--import");
            pgpRule(stranger);
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                AuthToken token = AuthToken.builder("access").build();
                assertThatThrownBy(() -> storage.save("corporate", token))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(stranger)
                        .hasMessageContaining("no key of this user is among them").hasMessageContaining(plain);
                pgpRule(plain.toLowerCase(Locale.ROOT));
                storage.save("corporate", token);
                assertThat(storage.load("corporate")).contains(token);
            }
        }
    }

    /** A listing that failed must not turn off the guard against the rules of strangers. */
    @Test
    void rulesForStrangersAreRefusedWheneverGpgDoesNotListItsKeys() {
        try (GpgHome other = new GpgHome()) {
            String stranger = other.generate("unlisted stranger", "");
            gpg.run(other.run(new byte[0], "--export", stranger).output(), "--import");
            pgpRule(stranger);
            Path broken = directory.resolve("broken");
            Path failing = ShellScript.write(directory.resolve("failing gpg"), "case \"$*\" in *--list-secret-keys*)\n"
                    + "test ! -e '" + broken + "' || { echo gpg: out of order >&2; exit 2; }\nesac\nexec gpg \"$@\"\n");
            box.set("SOPS_GPG_EXEC", failing.toString());
            Sandbox.write(broken, "");
            AuthToken token = AuthToken.builder("access").build();
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> storage.save("corporate", token)).isInstanceOf(StorageAccessException.class)
                            .hasMessageContaining("did not list its secret keys: it says: out of order");
                }
                assertThat(broken.toFile().delete()).isTrue();
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> storage.save("corporate", token))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(stranger);
                assertThat(Thread.interrupted()).isTrue();
                assertThatThrownBy(() -> storage.save("corporate", token))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(stranger);
            } finally {
                Thread.interrupted();
            }
        }
    }

    @Test
    void anInterruptedThreadSavesAndLoads() {
        pgpRule(plain);
        AuthToken token = AuthToken.builder("access").refreshToken("refresh").build();
        for (int i = 0; i < 2; i++) {
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                Thread.currentThread().interrupt();
                storage.save("corporate", token);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
            try (CloseableTokenStorage storage = TokenStorages.sops(box.home().resolve("tokens"),
                    StorageOptions.defaults().withEnvironment(box.environment()))) {
                Thread.currentThread().interrupt();
                assertThat(storage.load("corporate")).contains(token);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
        }
    }

    private static List<String> calls(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
