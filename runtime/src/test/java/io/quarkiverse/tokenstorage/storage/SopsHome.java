package io.quarkiverse.tokenstorage.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.FileModes;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

/** A throw-away home directory with an age identity and rules for a token directory in it. */
final class SopsHome {

    static final String OWN = "age1904lqw0sqjrghz776y5yvue8p92kqmqkjtyghj62j6whgzrdkghqswr82d";
    static final String OWN_IDENTITY = "AGE-SECRET-KEY-1CSYHVC0LLR6GJJ54G03YVWK2C6XGA6MFH5DJAGD63XT6KVP7KVDSNZJ4RM";
    static final String OTHER = "age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r";
    static final String OTHER_IDENTITY = "AGE-SECRET-KEY-18CSP9TRFU55YSHG843V39K8MT3KY66XNUM7TXAJFSNZWK5U85JKQ5PF4XS";

    private final Path home;

    private SopsHome(Path home) {
        this.home = home;
    }

    static SopsHome existing(Path home) {
        return new SopsHome(home);
    }

    /** With an own identity, and a rule that encrypts for it. */
    static SopsHome make(Path directory) {
        SopsHome home = new SopsHome(directory);
        home.identity(OWN_IDENTITY);
        home.rule("age: " + OWN);
        return home;
    }

    Path path() {
        return home;
    }

    Path tokens() {
        return home.resolve("tokens");
    }

    Path file(String provider) {
        return tokens().resolve(provider + ".token.sops.json");
    }

    Path rulesFile() {
        return home.resolve(".sops.yaml");
    }

    Path keyFile() {
        return home.resolve(".config/sops/age/keys.txt");
    }

    /** For its owner only, as age-keygen makes it. */
    void identity(String identity) {
        write(keyFile(), identity + "\n");
        try {
            FileModes.chmod(keyFile(), "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes this the only rule; the lines as they stand below {@code path_regex}. */
    void rule(String... lines) {
        write(rulesFile(), "creation_rules:\n  - path_regex: tokens/.*\\.sops\\.json$\n    " + String.join("\n    ", lines)
                + "\n");
    }

    StorageOptions options() {
        return StorageOptions.defaults().withLockTimeout(Duration.ofSeconds(30))
                .withEnvironment(new HostEnvironment(Map.of("HOME", home.toString()), home, "?", OperatingSystem.LINUX));
    }

    SopsTokenStorage open() {
        return TokenStorages.sops(tokens(), options());
    }

    /** As if a rule named these recipients. */
    SopsTokenStorage openFor(String... recipients) {
        return TokenStorages.sops(tokens(), options().withAgeRecipients(List.of(recipients)));
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
