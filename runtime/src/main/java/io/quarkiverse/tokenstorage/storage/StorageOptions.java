package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;

/**
 * How a storage on disk behaves, beyond its directory. Start with {@link #defaults()} and change what differs. Immutable and
 * thread-safe. No argument may be null.
 */
public final class StorageOptions {

    /** How long a lock is waited for unless set otherwise. */
    public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(10);

    /** Never changed once options have it, and published by their final field. */
    private final Values values;

    private static final class Values {

        private Duration lockTimeout;
        private Optional<Path> rulesFile;
        private List<String> ageRecipients;
        private Optional<Path> ageKeyFile;
        private Optional<String> sopsExecutable;
        private HostEnvironment environment;
        private Clock clock;
        private Optional<ApplicationKms> applicationKms;
        private Duration dataKeyLifetime;
        private IdentityUnlocking identityUnlocking;
        private LockObserver lockObserver;

        private Values() {
            lockTimeout = DEFAULT_LOCK_TIMEOUT;
            rulesFile = Optional.empty();
            ageRecipients = List.of();
            ageKeyFile = Optional.empty();
            sopsExecutable = Optional.empty();
            environment = HostEnvironment.current();
            clock = Clock.systemUTC();
            applicationKms = Optional.empty();
            dataKeyLifetime = DataKeyCache.DEFAULT_LIFETIME;
            identityUnlocking = IdentityUnlocking.unattended();
            lockObserver = LockObserver.NONE;
        }

        private Values(Values other) {
            lockTimeout = other.lockTimeout;
            rulesFile = other.rulesFile;
            ageRecipients = other.ageRecipients;
            ageKeyFile = other.ageKeyFile;
            sopsExecutable = other.sopsExecutable;
            environment = other.environment;
            clock = other.clock;
            applicationKms = other.applicationKms;
            dataKeyLifetime = other.dataKeyLifetime;
            identityUnlocking = other.identityUnlocking;
            lockObserver = other.lockObserver;
        }
    }

    private StorageOptions(Values values) {
        this.values = values;
    }

    /** Ten seconds for a lock; rules and keys from where sops takes them; this process' variables, directory and home. */
    public static StorageOptions defaults() {
        return new StorageOptions(new Values());
    }

    private StorageOptions with(Consumer<Values> change) {
        Values copy = new Values(values);
        change.accept(copy);
        return new StorageOptions(copy);
    }

    /** How long to wait for a provider's lock. */
    public Duration lockTimeout() {
        return values.lockTimeout;
    }

    /**
     * Zero not to wait at all.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public StorageOptions withLockTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("The lock timeout is negative: " + timeout);
        }
        return with(copy -> copy.lockTimeout = timeout);
    }

    /** The {@code .sops.yaml} to use; empty to search for one. */
    public Optional<Path> rulesFile() {
        return values.rulesFile;
    }

    public StorageOptions withRulesFile(Path file) {
        Optional<Path> given = Optional.of(file);
        return with(copy -> copy.rulesFile = given);
    }

    /** Age recipients to encrypt for; if there are any, no rules file is asked. */
    public List<String> ageRecipients() {
        return values.ageRecipients;
    }

    public StorageOptions withAgeRecipients(List<String> recipients) {
        List<String> given = List.copyOf(recipients);
        return with(copy -> copy.ageRecipients = given);
    }

    /** An age identity file, in addition to those that sops itself would read. */
    public Optional<Path> ageKeyFile() {
        return values.ageKeyFile;
    }

    public StorageOptions withAgeKeyFile(Path file) {
        Optional<Path> given = Optional.of(file);
        return with(copy -> copy.ageKeyFile = given);
    }

    /** The {@code sops} program that encrypts and decrypts; empty for the engine inside this process. */
    public Optional<String> sopsExecutable() {
        return values.sopsExecutable;
    }

    /**
     * Documents are encrypted and decrypted by this program, for keys that are not built in.
     *
     * @param program a path, or a name that is searched in {@code PATH}
     */
    public StorageOptions withSopsExecutable(String program) {
        Optional<String> given = Optional.of(program);
        return with(copy -> copy.sopsExecutable = given);
    }

    /** Variables, working directory and home. */
    public HostEnvironment environment() {
        return values.environment;
    }

    public StorageOptions withEnvironment(HostEnvironment environment) {
        Objects.requireNonNull(environment, "environment");
        return with(copy -> copy.environment = environment);
    }

    /** The time for metadata and expiry. */
    public Clock clock() {
        return values.clock;
    }

    public StorageOptions withClock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return with(copy -> copy.clock = clock);
    }

    /**
     * Clients of AWS KMS that the application has anyway; for keys of other regions, or with a role or a profile, own ones
     * are made.
     */
    public Optional<ApplicationKms> applicationKms() {
        return values.applicationKms;
    }

    public StorageOptions withApplicationKms(ApplicationKms clients) {
        Optional<ApplicationKms> given = Optional.of(clients);
        return with(copy -> copy.applicationKms = given);
    }

    /** How long a data key is remembered for reading its file again. */
    public Duration dataKeyLifetime() {
        return values.dataKeyLifetime;
    }

    /**
     * Zero switches the memory for data keys off: each reading then unwraps.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public StorageOptions withDataKeyLifetime(Duration lifetime) {
        if (lifetime.isNegative()) {
            throw new IllegalArgumentException("The lifetime of data keys is negative: " + lifetime);
        }
        return with(copy -> copy.dataKeyLifetime = lifetime);
    }

    /**
     * Asks for the passphrases of age identities, once for all storages that share it; not closed with them. Nobody is asked
     * unless set otherwise.
     */
    public IdentityUnlocking identityUnlocking() {
        return values.identityUnlocking;
    }

    /** Age identities under a passphrase are opened with the help of this, instead of staying closed. */
    public StorageOptions withIdentityUnlocking(IdentityUnlocking unlocking) {
        Objects.requireNonNull(unlocking, "unlocking");
        return with(copy -> copy.identityUnlocking = unlocking);
    }

    /** Is told how long locks were waited for. */
    public LockObserver lockObserver() {
        return values.lockObserver;
    }

    public StorageOptions withLockObserver(LockObserver observer) {
        Objects.requireNonNull(observer, "observer");
        return with(copy -> copy.lockObserver = observer);
    }
}
