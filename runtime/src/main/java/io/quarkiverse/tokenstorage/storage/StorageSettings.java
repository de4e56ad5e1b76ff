package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * The settings of an application as a person wrote them. What can be mistyped is kept as text and understood when it is asked
 * for, so that a wrong directory or duration stops neither the start of a program nor the command that explains it.
 * Immutable and thread-safe.
 *
 * @param defaultBackend the name of the backend for all providers that have none of their own: {@code auth.token-storage}
 * @param providerBackends provider name to backend name: {@code auth.providers."p".token-storage}
 * @param defaultProvider the provider that commands mean when none is named: {@code auth.default-provider}
 * @param texts the values that are understood when asked for
 * @param environment what paths are resolved against
 * @param applicationKms clients of AWS KMS that the application has anyway
 * @param identityUnlocking asks for the passphrases of age identities, once for all who use these settings
 * @param unknown looks for settings with misspelt names, each time anew
 */
public record StorageSettings(String defaultBackend, Map<String, String> providerBackends, Optional<String> defaultProvider,
        Texts texts, HostEnvironment environment, Optional<ApplicationKms> applicationKms,
        IdentityUnlocking identityUnlocking, Supplier<List<UnknownSetting>> unknown) {

    private static final String DEFAULT_DIRECTORY = "~/.config/kstlib/auth/tokens";

    public StorageSettings {
        Objects.requireNonNull(defaultBackend, "defaultBackend");
        Objects.requireNonNull(defaultProvider, "defaultProvider");
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(applicationKms, "applicationKms");
        Objects.requireNonNull(identityUnlocking, "identityUnlocking");
        Objects.requireNonNull(unknown, "unknown");
        providerBackends = Map.copyOf(providerBackends);
    }

    /** For an application that has neither clients of AWS KMS nor anybody to ask for a passphrase, nor names of settings. */
    public StorageSettings(String defaultBackend, Map<String, String> providerBackends, Optional<String> defaultProvider,
            Texts texts, HostEnvironment environment) {
        this(defaultBackend, providerBackends, defaultProvider, texts, environment, Optional.empty(),
                IdentityUnlocking.unattended(), List::of);
    }

    /** The name of the backend that keeps the tokens of this provider. */
    public String backendOf(String provider) {
        return providerBackends.getOrDefault(provider, defaultBackend);
    }

    /**
     * The directory of the plain backend, absolute.
     *
     * @throws StorageNotConfiguredException if {@code auth.storage.file.directory} cannot be understood
     */
    public Path fileDirectory() {
        requireUsable();
        return path("auth.storage.file.directory", texts.fileDirectory.orElse(DEFAULT_DIRECTORY));
    }

    /**
     * The directory of the encrypted backend, absolute.
     *
     * @throws StorageNotConfiguredException if {@code auth.storage.sops.directory} cannot be understood
     */
    public Path sopsDirectory() {
        requireUsable();
        return path("auth.storage.sops.directory", texts.sopsDirectory.orElse(DEFAULT_DIRECTORY));
    }

    /**
     * Everything else about the backends on disk.
     *
     * @throws StorageNotConfiguredException if a setting cannot be understood; names its key
     */
    public StorageOptions options() {
        requireUsable();
        StorageOptions options = StorageOptions.defaults().withEnvironment(environment).withIdentityUnlocking(identityUnlocking)
                .withAgeRecipients(texts.ageRecipients);
        if (texts.lockTimeout.isPresent()) {
            options = options.withLockTimeout(DurationText.parse("auth.storage.lock-timeout", texts.lockTimeout.get()));
        }
        if (texts.sopsConfigFile.isPresent()) {
            options = options.withRulesFile(path("auth.storage.sops.config-file", texts.sopsConfigFile.get()));
        }
        if (texts.ageKeyFile.isPresent()) {
            options = options.withAgeKeyFile(path("auth.storage.sops.age.key-file", texts.ageKeyFile.get()));
        }
        if (applicationKms.isPresent()) {
            options = options.withApplicationKms(applicationKms.get());
        }
        if (texts.dataKeyLifetime.isPresent()) {
            options = options.withDataKeyLifetime(
                    DurationText.parse("auth.storage.sops.data-key-lifetime", texts.dataKeyLifetime.get()));
        }
        return isExecutableEngine() ? options.withSopsExecutable(executable()) : options;
    }

    private void requireUsable() {
        texts.refusal.ifPresent(refusal -> {
            throw new StorageNotConfiguredException(refusal);
        });
    }

    private Path path(String key, String text) {
        if (PrintableText.holdsIdentity(text)) {
            throw new StorageNotConfiguredException(key + " is an age identity itself: name the file that it is in");
        }
        if (text.startsWith("~") && !text.matches("~([/\\\\].*)?")) {
            throw new StorageNotConfiguredException(key + ": '" + text + "' seems to be in the home directory of another user,"
                    + " which is not looked up; write the whole path, or './" + text + "' for a name that begins with '~'");
        }
        try {
            return environment.resolve(text);
        } catch (StorageNotConfiguredException e) {
            throw new StorageNotConfiguredException(key + ": " + e.getMessage());
        }
    }

    private boolean isExecutableEngine() {
        String engine = texts.engine.orElse("built-in");
        return switch (engine) {
            case "built-in" -> false;
            case "executable" -> true;
            default -> throw new StorageNotConfiguredException("auth.storage.sops.engine: '" + engine
                    + "' is not an engine; write built-in or executable");
        };
    }

    private String executable() {
        String program = texts.executable.orElse("sops");
        if (program.startsWith("~")) {
            return path("auth.storage.sops.executable", program).toString();
        }
        return program;
    }

    /**
     * The settings as they were written; empty where nothing was.
     *
     * @param fileDirectory {@code auth.storage.file.directory}
     * @param sopsDirectory {@code auth.storage.sops.directory}
     * @param lockTimeout {@code auth.storage.lock-timeout}
     * @param sopsConfigFile {@code auth.storage.sops.config-file}
     * @param ageRecipients {@code auth.storage.sops.age.recipients}
     * @param ageKeyFile {@code auth.storage.sops.age.key-file}
     * @param dataKeyLifetime {@code auth.storage.sops.data-key-lifetime}
     * @param engine {@code auth.storage.sops.engine}
     * @param executable {@code auth.storage.sops.executable}
     * @param refusal why nothing of this is used, if it is not: a text for people
     */
    public record Texts(Optional<String> fileDirectory, Optional<String> sopsDirectory, Optional<String> lockTimeout,
            Optional<String> sopsConfigFile, List<String> ageRecipients, Optional<String> ageKeyFile,
            Optional<String> dataKeyLifetime, Optional<String> engine, Optional<String> executable, Optional<String> refusal) {

        private static final int LONGEST_TEXT = 2000;

        /** Nothing set: every default applies. */
        public static final Texts NONE = new Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** For settings that are used. */
        public Texts(Optional<String> fileDirectory, Optional<String> sopsDirectory, Optional<String> lockTimeout,
                Optional<String> sopsConfigFile, List<String> ageRecipients, Optional<String> ageKeyFile,
                Optional<String> dataKeyLifetime, Optional<String> engine, Optional<String> executable) {
            this(fileDirectory, sopsDirectory, lockTimeout, sopsConfigFile, ageRecipients, ageKeyFile, dataKeyLifetime, engine,
                    executable, Optional.empty());
        }

        public Texts {
            ageRecipients = List.copyOf(ageRecipients);
        }

        /** Without the recipients, and without identities elsewhere: people paste those in the wrong place. */
        @Override
        public String toString() {
            return PrintableText.of("Texts[fileDirectory=" + fileDirectory + ", sopsDirectory=" + sopsDirectory
                    + ", lockTimeout=" + lockTimeout + ", sopsConfigFile=" + sopsConfigFile + ", ageKeyFile=" + ageKeyFile
                    + ", dataKeyLifetime=" + dataKeyLifetime + ", engine=" + engine + ", executable=" + executable + "]",
                    LONGEST_TEXT);
        }
    }
}
