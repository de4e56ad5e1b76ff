package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/**
 * A throw-away home below the working directory, on the disk that is measured, with one age identity, and a token like those
 * that providers issue: two signed tokens of about a kilobyte, a refresh token, a few further members.
 */
final class Workspace implements AutoCloseable {

    private final Path root;
    private final String recipient;

    private Workspace(Path root, String recipient) {
        this.root = root;
        this.recipient = recipient;
    }

    static Workspace create() {
        return create(AgeKind.X25519);
    }

    static Workspace create(AgeKind kind) {
        try {
            Path root = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "benchmark");
            String recipient = kind.create(root.resolve("home"));
            Files.createDirectories(root.resolve("work"));
            Files.writeString(root.resolve("work/.sops.yaml"), "creation_rules:\n  - age: '" + recipient + "'\n");
            return new Workspace(root, recipient);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return root.resolve("home");
    }

    Path work() {
        return root.resolve("work");
    }

    Path tokens() {
        return root.resolve("tokens");
    }

    Path file(String provider) {
        return tokens().resolve(provider + ".token.sops.json");
    }

    CloseableTokenStorage storage() {
        return storage(tokens());
    }

    CloseableTokenStorage storage(Path directory) {
        return TokenStorages.sops(directory, options(Map.of()));
    }

    StorageOptions options() {
        return options(Map.of());
    }

    /** @param more variables beside HOME */
    StorageOptions options(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("HOME", home().toString());
        HostEnvironment environment = new HostEnvironment(variables, work(), home().toString(), OperatingSystem.LINUX);
        return StorageOptions.defaults().withEnvironment(environment).withAgeRecipients(List.of(recipient));
    }

    static AuthToken token(int number) {
        Instant issued = Instant.parse("2026-01-03T14:30:00Z").plusSeconds(number);
        return AuthToken.builder("eyJhbGciOiJSUzI1NiJ9." + "QmVuY2htYXJr".repeat(90) + number)
                .expiresAt(issued.plusSeconds(3600)).issuedAt(issued)
                .refreshToken("refresh-" + "cmVmcmVzaA".repeat(12) + number)
                .idToken("eyJhbGciOiJSUzI1NiJ9." + "SWRlbnRpdHk".repeat(80) + number)
                .scope(List.of("openid", "profile", "email", "offline_access"))
                .metadata(Map.of("session_state", "3c1f7b1e-2f0a-4f3e-9f7e-5d4d1c0b9a8f", "refresh_expires_in", 86400L))
                .build();
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
