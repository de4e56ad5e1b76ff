package io.quarkiverse.tokenstorage.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;

/**
 * An age identity that protects nothing but tokens of development and tests.
 *
 * @param file the identity file
 * @param recipient its public key
 */
record ThrowAwayKey(Path file, String recipient) {

    private static final String RECIPIENT_COMMENT = "# public key: ";

    /** The key in this file, which is made if it is not there. */
    static ThrowAwayKey in(Path file) {
        if (!Files.exists(file)) {
            return new ThrowAwayKey(file,
                    AgeIdentityFile.create(file, FastestX25519.detect(), new SecureRandom(), Clock.systemUTC()));
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(RECIPIENT_COMMENT)).findFirst()
                    .map(line -> new ThrowAwayKey(file, line.substring(RECIPIENT_COMMENT.length()).strip()))
                    .orElseThrow(() -> new IllegalStateException("The throw-away key " + file
                            + " has no line with its public key any more: delete it, and a new one is made"));
        } catch (IOException e) {
            throw new UncheckedIOException("The throw-away key " + file + " cannot be read: delete it", e);
        }
    }
}
