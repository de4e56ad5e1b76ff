package io.quarkiverse.tokenstorage.sops.pgp;

import static io.quarkiverse.tokenstorage.FileModes.chmod;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * A script in the place of {@code gpg} that keeps what it was given. The tests with the real program are among those of
 * interoperability.
 */
@Timeout(60)
abstract class GpgScriptTestCase {

    static final String FINGERPRINT = "40954A07BA38943BA63D458E991A4E62886DE346";
    static final byte[] DATA_KEY = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path directory;
    Path home;
    final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void environment() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("HOME", home.toString());
    }

    static String messageFor(String... keyIds) {
        List<byte[]> packets = new ArrayList<>();
        for (String keyId : keyIds) {
            packets.add(PgpMessages.packet(1, "03" + keyId + "010008ff"));
        }
        packets.add(PgpMessages.DATA_PACKET);
        return PgpMessages.armor(packets.toArray(byte[][]::new));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    void gpg(String body) throws IOException {
        variables.put("SOPS_GPG_EXEC", script(directory.resolve("our gpg"), body).toString());
    }

    static Path script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        chmod(file, "rwx------");
        return file;
    }

    HostEnvironment host() {
        return new HostEnvironment(variables, home, home.toString(), OperatingSystem.LINUX);
    }

    static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    PgpKeyService service() {
        return service(Duration.ofSeconds(50));
    }

    PgpKeyService service(Duration timeout) {
        return new PgpKeyService(host(), clock(), Optional::empty, timeout, timeout);
    }

    static MasterKey masterKey(PgpKeyService service) {
        return service.masterKey(description(FINGERPRINT), "test");
    }

    static JsonObject description(String fingerprint) {
        return JsonObject.builder().add("fp", fingerprint).build();
    }

    static KeyEntry entry(String enc) {
        return new KeyEntry(KeyKind.PGP, FINGERPRINT, enc, JsonObject.builder().build());
    }
}
