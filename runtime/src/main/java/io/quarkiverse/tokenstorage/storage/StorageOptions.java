package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;

/**
 * How a storage on disk behaves, beyond its directory. Immutable; start with {@link #defaults()} and change what differs.
 *
 * @param lockTimeout how long to wait for a provider's lock
 * @param rulesFile the {@code .sops.yaml} to use instead of searching for one
 * @param ageRecipients age recipients to encrypt for; if not empty, no rules file is asked
 * @param ageKeyFile an age identity file, in addition to those that sops itself would read
 * @param sopsExecutable the {@code sops} program that encrypts and decrypts, a path or a name that is searched in
 *        {@code PATH}; empty for the engine inside this process
 * @param environment variables, working directory and home
 * @param clock the time for metadata and expiry
 * @param applicationKms clients of AWS KMS that the application has anyway; for keys of other regions, or with a role or a
 *        profile, own ones are made
 * @param dataKeyLifetime how long a data key is remembered for reading its file again; zero not to remember any
 * @param identityUnlocking asks for the passphrases of age identities, once for all storages that share it; not closed with
 *        them
 * @param lockObserver is told how long locks were waited for
 */
public record StorageOptions(Duration lockTimeout, Optional<Path> rulesFile, List<String> ageRecipients,
        Optional<Path> ageKeyFile, Optional<String> sopsExecutable, HostEnvironment environment, Clock clock,
        Optional<ApplicationKms> applicationKms, Duration dataKeyLifetime, IdentityUnlocking identityUnlocking,
        LockObserver lockObserver) {

    /** How long a lock is waited for unless set otherwise. */
    public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(10);

    public StorageOptions {
        if (lockTimeout.isNegative()) {
            throw new IllegalArgumentException("The lock timeout is negative: " + lockTimeout);
        }
        if (dataKeyLifetime.isNegative()) {
            throw new IllegalArgumentException("The lifetime of data keys is negative: " + dataKeyLifetime);
        }
        ageRecipients = List.copyOf(ageRecipients);
        Objects.requireNonNull(rulesFile, "rulesFile");
        Objects.requireNonNull(ageKeyFile, "ageKeyFile");
        Objects.requireNonNull(sopsExecutable, "sopsExecutable");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(applicationKms, "applicationKms");
        Objects.requireNonNull(identityUnlocking, "identityUnlocking");
        Objects.requireNonNull(lockObserver, "lockObserver");
    }

    /** Ten seconds for a lock; rules and keys from where sops takes them. */
    public static StorageOptions defaults() {
        return new StorageOptions(DEFAULT_LOCK_TIMEOUT, Optional.empty(), List.of(), Optional.empty(), Optional.empty(),
                HostEnvironment.current(), Clock.systemUTC(), Optional.empty(), DataKeyCache.DEFAULT_LIFETIME,
                IdentityUnlocking.unattended(), LockObserver.NONE);
    }

    public StorageOptions withLockTimeout(Duration timeout) {
        return new StorageOptions(timeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, environment, clock,
                applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    public StorageOptions withRulesFile(Path file) {
        return new StorageOptions(lockTimeout, Optional.of(file), ageRecipients, ageKeyFile, sopsExecutable, environment,
                clock, applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    public StorageOptions withAgeRecipients(List<String> recipients) {
        return new StorageOptions(lockTimeout, rulesFile, recipients, ageKeyFile, sopsExecutable, environment, clock,
                applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    public StorageOptions withAgeKeyFile(Path file) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, Optional.of(file), sopsExecutable, environment, clock,
                applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    /** Documents are encrypted and decrypted by this program, for keys that are not built in. */
    public StorageOptions withSopsExecutable(String program) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, Optional.of(program), environment, clock,
                applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    public StorageOptions withEnvironment(HostEnvironment newEnvironment) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, newEnvironment, clock,
                applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    public StorageOptions withClock(Clock newClock) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, environment, newClock,
                applicationKms, dataKeyLifetime, identityUnlocking, lockObserver);
    }

    public StorageOptions withApplicationKms(ApplicationKms clients) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, environment, clock,
                Optional.of(clients), dataKeyLifetime, identityUnlocking, lockObserver);
    }

    /** Zero switches the memory for data keys off: each reading then unwraps. */
    public StorageOptions withDataKeyLifetime(Duration lifetime) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, environment, clock,
                applicationKms, lifetime, identityUnlocking, lockObserver);
    }

    /** Age identities under a passphrase are opened with the help of this, instead of staying closed. */
    public StorageOptions withIdentityUnlocking(IdentityUnlocking unlocking) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, environment, clock,
                applicationKms, dataKeyLifetime, unlocking, lockObserver);
    }

    public StorageOptions withLockObserver(LockObserver observer) {
        return new StorageOptions(lockTimeout, rulesFile, ageRecipients, ageKeyFile, sopsExecutable, environment, clock,
                applicationKms, dataKeyLifetime, identityUnlocking, observer);
    }

    /** Leaves the recipients out: people have been seen to write private keys there. */
    @Override
    public String toString() {
        return "StorageOptions[lockTimeout=" + lockTimeout + ", rulesFile=" + rulesFile + ", ageKeyFile=" + ageKeyFile
                + ", sopsExecutable=" + sopsExecutable + ", dataKeyLifetime=" + dataKeyLifetime + ", environment=" + environment
                + "]";
    }
}
