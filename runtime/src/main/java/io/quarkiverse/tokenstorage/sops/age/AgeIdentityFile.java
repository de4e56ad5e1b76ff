package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.files.ConfigurationFileWriter;
import io.quarkiverse.tokenstorage.files.FailureReason;

/** The file that holds a person's age identities, where sops looks for it, in the form that {@code age-keygen} gives it. */
public final class AgeIdentityFile {

    private static final String MODE = "r--------";

    private AgeIdentityFile() {
    }

    /**
     * Where sops looks: {@code <config dir>/sops/age/keys.txt} ({@code age/keysource.go}, {@code getUserConfigDir}).
     *
     * @throws StorageNotConfiguredException if there is no usable home or configuration directory
     */
    public static Path defaultFile(HostEnvironment environment) {
        return configurationDirectory(environment).resolve("sops").resolve("age").resolve("keys.txt").normalize();
    }

    private static Path configurationDirectory(HostEnvironment environment) {
        return switch (environment.operatingSystem()) {
            case WINDOWS -> environment.nonEmptyVariable("AppData").or(() -> environment.nonEmptyVariable("APPDATA"))
                    .map(environment::resolve).orElseThrow(() -> new StorageNotConfiguredException(
                            "AppData is not set, so there is no default place for age identities: set SOPS_AGE_KEY_FILE"));
            case MACOS -> environment.nonEmptyVariable("XDG_CONFIG_HOME").map(environment::resolve)
                    .orElseGet(() -> environment.home().resolve("Library").resolve("Application Support"));
            case LINUX -> environment.nonEmptyVariable("XDG_CONFIG_HOME").map(text -> absolute(environment, text))
                    .orElseGet(() -> environment.home().resolve(".config"));
        };
    }

    private static Path absolute(HostEnvironment environment, String text) {
        if (!text.startsWith("/")) {
            throw new StorageNotConfiguredException(
                    "XDG_CONFIG_HOME is not an absolute path: '" + text + "'; correct or unset it");
        }
        return environment.resolve(text);
    }

    /** Whether the content of an identity file is encrypted as a whole, so that nothing can be added to it. */
    public static boolean isEncrypted(byte[] content) {
        return LockedIdentityFile.recognizes(content);
    }

    /**
     * Makes a new identity and writes it to a new file with mode 0400; directories that are missing are made with 0700.
     * Whatever is at this path already stays.
     *
     * @param clock for the comment that tells when the identity was made
     * @return the recipient, {@code age1…}
     * @throws StorageAccessException if there is a file already, or writing fails; the file is then not there
     */
    public static String create(Path file, X25519 x25519, SecureRandom random, Clock clock) {
        try (X25519Identity identity = X25519Identity.generate(random, x25519)) {
            byte[] content = lines(identity, clock);
            try {
                ConfigurationFileWriter.create(file, content, MODE);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
            return identity.recipient();
        } catch (FileAlreadyExistsException e) {
            throw new StorageAccessException("There is an identity file already, and it is kept: " + file);
        } catch (IOException e) {
            throw new StorageAccessException(
                    "Cannot write the identity file " + file + ": " + FailureReason.of(e), e);
        }
    }

    /**
     * Makes a new identity and writes the file anew, with mode 0400: its old content and the new identity at the end. The
     * new key is in no second file at any time, but for the temporary one of this write.
     *
     * @param file no symbolic link, which would be replaced by a file
     * @param old the whole content of the file, identities as text ({@link #isEncrypted} is false for it)
     * @param clock for the comment that tells when the identity was made
     * @return the recipient, {@code age1…}
     * @throws IOException if writing fails; the file is then as it was
     */
    public static String append(Path file, byte[] old, X25519 x25519, SecureRandom random, Clock clock) throws IOException {
        try (X25519Identity identity = X25519Identity.generate(random, x25519)) {
            byte[] added = lines(identity, clock);
            byte[] both = joined(old, added);
            try {
                ConfigurationFileWriter.replace(file, both, MODE);
            } finally {
                Arrays.fill(added, (byte) 0);
                Arrays.fill(both, (byte) 0);
            }
            return identity.recipient();
        }
    }

    private static byte[] lines(X25519Identity identity, Clock clock) {
        String created = DateTimeFormatter.ISO_OFFSET_DATE_TIME
                .format(OffsetDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS));
        return ("# created: " + created + "\n# public key: " + identity.recipient() + "\n" + identity.secretText() + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[] old, byte[] added) {
        boolean lineEnds = old.length == 0 || old[old.length - 1] == '\n';
        byte[] both = Arrays.copyOf(old, old.length + (lineEnds ? 0 : 1) + added.length);
        if (!lineEnds) {
            both[old.length] = '\n';
        }
        System.arraycopy(added, 0, both, both.length - added.length, added.length);
        return both;
    }
}
