package io.quarkiverse.tokenstorage.interop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.ProgramEngine;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Token files by the real sops as engine: what it costs, what is safe when it fails, and keys that only it knows. */
class EngineTokenFilesTest {

    private static final AuthToken OLD = AuthToken.builder("access-1").refreshToken("refresh-1")
            .metadata(Map.of("n", 1L, "ratio", 1.5, "list", List.of(2.0, Map.of("whole", -3.0, "large", 1e21)))).build();
    private static final AuthToken NEW = AuthToken.builder("access-2").refreshToken("refresh-2").build();

    @TempDir
    Path directory;
    Sandbox box;
    ProgramEngine engine;
    Path file;
    private final List<SopsTokenStorage> opened = new ArrayList<>();

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
        box.ruleFor(box.identity().recipient());
        engine = new ProgramEngine(box);
        file = box.home().resolve("tokens/corporate.token.sops.json");
    }

    @AfterEach
    void close() {
        opened.forEach(SopsTokenStorage::close);
    }

    private SopsTokenStorage open(StorageOptions options) {
        SopsTokenStorage storage = TokenStorages.sops(file.getParent(), options);
        opened.add(storage);
        return storage;
    }

    private SopsTokenStorage storage() {
        return open(engine.options());
    }

    private SopsTokenStorage builtIn() {
        return open(StorageOptions.defaults().withEnvironment(box.environment()));
    }

    @Test
    void bothEnginesLoadTheTokensOfEachOther() throws IOException {
        storage().save("corporate", OLD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
        assertThat(builtIn().load("corporate")).contains(OLD);
        String byProgram = Layout.of(Files.readAllBytes(file));

        builtIn().save("corporate", OLD);

        assertThat(Layout.of(Files.readAllBytes(file))).isEqualTo(byProgram);
        assertThat(storage().load("corporate")).contains(OLD);
        assertThat(storage().delete("corporate")).isTrue();
        assertThat(builtIn().load("corporate")).isEmpty();
    }

    @Test
    void eachOperationRunsSopsAsOftenAsDocumented() {
        SopsTokenStorage storage = storage();
        storage.save("corporate", OLD);
        assertThat(engine.runs()).containsExactly("encrypt");
        assertThat(storage.load("corporate")).contains(OLD);
        assertThat(storage.load("corporate")).contains(OLD);
        assertThat(engine.runs()).containsExactly("decrypt", "decrypt");
        storage.update("corporate", current -> Optional.of(NEW));
        assertThat(engine.runs()).containsExactly("decrypt", "encrypt", "encrypt");
        storage.update("corporate", current -> current);
        assertThat(engine.runs()).containsExactly("decrypt", "encrypt");
        storage.exists("corporate");
        storage.providers();
        storage.delete("corporate");
        assertThat(engine.runs()).isEmpty();
    }

    @Test
    void nothingIsSpentWhereEncryptionWouldFail() throws IOException {
        storage().save("corporate", OLD);
        byte[] before = Files.readAllBytes(file);
        engine.disturb("if [ \"$3\" = encrypt ]; then echo 'no such key' >&2; exit 1; fi");
        boolean[] called = new boolean[1];

        assertThatThrownBy(() -> storage().update("corporate", current -> {
            called[0] = true;
            return Optional.of(NEW);
        })).isInstanceOf(TokenStorageException.class).hasMessageContaining("no such key");

        assertThat(called[0]).isFalse();
        assertThat(file).hasBinaryContent(before);
        assertNothingElse();
    }

    @Test
    void theOldTokenStaysAndTheNewOneIsHandedBackIfSopsFailsAfterwards() throws IOException {
        storage().save("corporate", OLD);
        byte[] before = Files.readAllBytes(file);
        engine.runs();
        // The first run decrypts, the second is the probe
        engine.disturb("if [ $runs -gt 2 ]; then cat >&2; exit 1; fi");

        TokenStorageException failure = catchThrowableOfType(TokenStorageException.class,
                () -> storage().update("corporate", current -> Optional.of(NEW)));

        assertThat(failure.unsavedToken()).contains(NEW);
        assertThat(failure).hasMessageNotContaining("access-2").hasMessageNotContaining("refresh-2").hasNoCause();
        assertThat(file).hasBinaryContent(before);
        assertNothingElse();
        engine.disturb("");
        assertThat(storage().load("corporate")).contains(OLD);
    }

    @Test
    void rulesThatChangeBetweenOurLookAndThatOfSopsPutNoStrangerIn() throws IOException {
        storage().save("corporate", OLD);
        byte[] before = Files.readAllBytes(file);
        String stranger = AgeIdentity.generate().recipient();
        Path rules = box.work().resolve(".sops.yaml");
        engine.runs();
        engine.disturb("[ $runs -lt 3 ] || printf 'creation_rules: [{age: %s}]' >'%s'".formatted(stranger, rules));

        TokenStorageException failure = catchThrowableOfType(TokenStorageException.class,
                () -> storage().update("corporate", current -> Optional.of(NEW)));

        assertThat(failure).hasMessageContaining("other keys than").hasMessageContaining(rules + ", rule 1");
        assertThat(failure.unsavedToken()).contains(NEW);
        assertThat(file).hasBinaryContent(before);

        engine.runs();
        box.ruleFor(box.identity().recipient());
        engine.disturb("[ $runs -lt 3 ] || printf 'creation_rules: [{age: %s, encrypted_regex: nothing}]' >'%s'"
                .formatted(box.identity().recipient(), rules));
        assertThatThrownBy(() -> storage().update("corporate", current -> Optional.of(NEW)))
                .hasMessageContaining("another selector than");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void theGuardsOfTokensHold() {
        box.ruleFor(box.identity().recipient(), "encrypted_regex: ^data$");
        assertThatThrownBy(() -> storage().save("corporate", OLD)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("would leave access_token in clear");
        box.ruleFor(AgeIdentity.generate().recipient());
        assertThatThrownBy(() -> storage().save("corporate", OLD)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("no key of this user is among them");
        assertThat(engine.runs()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aNewDataKeyCanBeHadAndUpdatedKeysCannot() throws IOException {
        SopsTokenStorage storage = storage();
        storage.save("corporate", OLD);
        String before = Files.readString(file);
        assertThat(storage.updateKeys("corporate").orElseThrow().changed()).isFalse();
        box.ruleFor(box.identity().recipient() + "," + AgeIdentity.generate().recipient());

        assertThatThrownBy(() -> storage.updateKeys("corporate")).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("secrets rotate");
        assertThat(file).hasContent(before);
        assertThat(storage.rotate("corporate").orElseThrow().changed()).isTrue();

        assertThat(Files.readString(file).split("\"recipient\"")).hasSize(3);
        assertThat(builtIn().load("corporate")).contains(OLD);
    }

    @Test
    void keysOfSshAreKnownAsOwnOnes() throws IOException {
        Path key = box.home().resolve(".ssh/id_ed25519");
        Files.createDirectories(key.getParent());
        ProgramRun.of(
                List.of(RealProgram.SSH_KEYGEN.required().toString(), "-q", "-t", "ed25519", "-N", "", "-C", "me@here", "-f",
                        key.toString()),
                Map.of("HOME", box.home().toString()), box.home(), new byte[0]).output();
        box.ruleFor(Files.readString(key.resolveSibling("id_ed25519.pub")).strip());
        storage().save("corporate", OLD);
        assertThat(storage().load("corporate")).contains(OLD);
        assertThat(builtIn().load("corporate")).contains(OLD);
        builtIn().save("corporate", NEW);
        assertThat(storage().load("corporate")).contains(NEW);
    }

    @Test
    void tokensUnderAKeyInVaultAreKept() throws IOException {
        try (VaultServer vault = new VaultServer()) {
            box.rules("creation_rules: [{hc_vault_transit_uri: '" + vault.key("dev") + "'}]");
            box.set("VAULT_TOKEN", VaultServer.TOKEN);
            storage().save("corporate", OLD);
            assertThat(Files.readString(file)).contains("\"hc_vault\"", "vault:v1:").doesNotContain("access-1");
            assertThat(box.sops("decrypt", file.toString()).text()).contains("access-1");
            assertThat(storage().load("corporate")).contains(OLD);
            assertThatThrownBy(() -> builtIn().load("corporate")).isInstanceOf(DataKeyUnavailableException.class);

            // Decryption and probe: then the server is there no more
            vault.allow(2);
            TokenStorageException failure = catchThrowableOfType(TokenStorageException.class,
                    () -> storage().update("corporate", current -> Optional.of(NEW)));
            assertThat(failure.unsavedToken()).contains(NEW);
            assertThat(failure).hasMessageContaining("permission denied for [VAULT_TOKEN]")
                    .hasMessageNotContaining(VaultServer.TOKEN).hasMessageNotContaining("access-2");
            assertThatThrownBy(() -> storage().load("corporate")).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("permission denied for [VAULT_TOKEN]");
            vault.allow(100);
            assertThat(storage().load("corporate")).contains(OLD);

            int before = vault.requests().size();
            storage().update("corporate", current -> Optional.of(NEW));
            assertThat(vault.requests().subList(before, vault.requests().size())).containsExactly("/v1/transit/decrypt/dev",
                    "/v1/transit/encrypt/dev", "/v1/transit/encrypt/dev");
        }
    }

    @Test
    void keysOfAnAgePluginAlsoBesideOthers() throws IOException {
        Path programs = Files.createDirectories(box.home().resolve("programs"));
        AgePlugin.install(programs);
        box.set("PATH", programs + ":/usr/bin:/bin");
        Sandbox.write(box.keyFile(), box.identity().secretKey() + "\n" + AgePlugin.IDENTITY + "\n");
        box.ruleFor(AgePlugin.RECIPIENT);
        storage().save("corporate", OLD);
        assertThat(Files.readString(file)).contains("\"recipient\": \"" + AgePlugin.RECIPIENT + "\"");
        assertThat(storage().update("corporate", current -> current.map(token -> NEW))).contains(NEW);
        assertThat(storage().load("corporate")).contains(NEW);
        assertThatThrownBy(() -> builtIn().load("corporate")).isInstanceOf(DataKeyUnavailableException.class);

        box.ruleFor(AgePlugin.RECIPIENT + "," + box.identity().recipient());
        storage().save("corporate", OLD);
        assertThat(builtIn().load("corporate")).contains(OLD);
    }

    private void assertNothingElse() throws IOException {
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(".tmp-"));
        }
    }
}
