package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException;

/**
 * The private keys that gpg has. Listing them asks nobody, but costs a process and for each save; so the answer is kept for a
 * minute, while the files of the home of GnuPG stay as they are. Thread-safe.
 */
final class SecretKeys {

    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int LARGEST_LISTING = 4 << 20;
    private static final byte[] NO_INPUT = {};
    private static final String PRIVATE_KEYS = "private-keys-v1.d";
    private static final String OLD_PRIVATE_KEYS = "secring.gpg";
    /** They change when a key comes or goes: the private keys, and the public ones in the forms of all versions. */
    private static final List<String> KEY_FILES = List.of(PRIVATE_KEYS, "pubring.kbx", "pubring.gpg", OLD_PRIVATE_KEYS,
            "public-keys.d/pubring.db");

    private record Known(Set<String> keys, String state, Instant expiry) {
    }

    private final GpgProgram gpg;
    private final Clock clock;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private Known known = new Known(Set.of(), "", Instant.MIN);

    SecretKeys(GpgProgram gpg, Clock clock, Duration timeout) {
        this.gpg = gpg;
        this.clock = clock;
        this.timeout = timeout;
    }

    /**
     * The fingerprints of the keys that can decrypt here, and with {@code !} those of their subkeys for encryption.
     *
     * @throws StorageAccessException if gpg does not tell; it is asked again the next time
     */
    Set<String> own() {
        Optional<Path> home = home();
        if (home.isPresent() && !Files.exists(home.get())) {
            // gpg would make one
            return Set.of();
        }
        String state = state();
        lock.lock();
        try {
            if (known.state().equals(state) && clock.instant().isBefore(known.expiry())) {
                return known.keys();
            }
        } finally {
            lock.unlock();
        }
        Known listed = new Known(list(home), state, clock.instant().plus(LIFETIME));
        lock.lock();
        try {
            known = listed;
        } finally {
            lock.unlock();
        }
        return listed.keys();
    }

    /** Stands for the keys, which are not looked at; always the same if it is not known where they are. */
    String state() {
        return home().map(SecretKeys::state).orElse("");
    }

    private Set<String> list(Optional<Path> home) {
        if (!gpg.isInstalled()) {
            return Set.of();
        }
        try (GpgRun run = gpg.run(List.of("--with-colons", "--list-secret-keys"), NO_INPUT, LARGEST_LISTING, timeout)) {
            if (run.succeeded()) {
                return own(KeyListing.parse(run.output()));
            }
            if (home.isPresent() && !hasPrivateKeys(home.get())) {
                // A host that writes for others only may do without the agent, and then gpg fails here
                return Set.of();
            }
            throw unlisted("it says: " + run.text());
        } catch (ProcessFailureException e) {
            throw unlisted(e.getMessage() + GpgRun.tail(e.errorLines()));
        } catch (IOException e) {
            throw unlisted(e.getMessage());
        }
    }

    private static StorageAccessException unlisted(String reason) {
        return new StorageAccessException("gpg did not list its secret keys: " + reason
                + "; if it stays so, mend what keeps gpg --list-secret-keys from working");
    }

    private static boolean hasPrivateKeys(Path home) throws IOException {
        if (Files.exists(home.resolve(OLD_PRIVATE_KEYS))) {
            return true;
        }
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(home.resolve(PRIVATE_KEYS))) {
            return keys.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Set<String> own(KeyListing listing) {
        Set<String> own = new LinkedHashSet<>();
        for (KeyListing.Block block : listing.blocks()) {
            List<KeyListing.Key> decrypting = block.keys().stream()
                    .filter(key -> key.encrypts() && key.hasPrivatePart() && !key.fingerprint().isEmpty()).toList();
            if (!decrypting.isEmpty()) {
                own.add(block.primary().fingerprint());
                decrypting.stream().filter(key -> key != block.primary()).forEach(key -> own.add(key.fingerprint() + "!"));
            }
        }
        return own;
    }

    /** The home of GnuPG, if it is known which one the program will use. */
    private Optional<Path> home() {
        HostEnvironment environment = gpg.environment();
        if (environment.operatingSystem() == OperatingSystem.WINDOWS
                || environment.variable(GpgProgram.VARIABLE).isPresent()) {
            return Optional.empty();
        }
        try {
            Optional<String> configured = environment.nonEmptyVariable("GNUPGHOME");
            return Optional.of(configured.isPresent() ? environment.resolve(configured.get())
                    : environment.home().resolve(".gnupg"));
        } catch (StorageNotConfiguredException e) {
            return Optional.empty();
        }
    }

    private static String state(Path home) {
        StringBuilder state = new StringBuilder(home.toString());
        for (String name : KEY_FILES) {
            try {
                BasicFileAttributes file = Files.readAttributes(home.resolve(name), BasicFileAttributes.class);
                state.append('|').append(file.lastModifiedTime()).append(' ').append(file.size());
            } catch (NoSuchFileException e) {
                state.append("|-");
            } catch (IOException e) {
                state.append("|?");
            }
        }
        return state.toString();
    }
}
