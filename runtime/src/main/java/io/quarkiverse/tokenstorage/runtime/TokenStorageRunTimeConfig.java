package io.quarkiverse.tokenstorage.runtime;

import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;

/**
 * Token Storage: what is decided when the application starts. Values that a person can mistype are texts here; they are
 * understood when they are used, so that the doctor can still start and explain them.
 */
@ConfigMapping(prefix = "auth")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface TokenStorageRunTimeConfig {

    /**
     * The provider that the commands {@code auth status}, {@code auth token} and {@code auth logout} mean when none is named.
     * Without it they take the only one that is stored; if there are several, they need a name. An injected
     * {@code TokenStorage} is always given the name by its caller.
     */
    Optional<String> defaultProvider();

    /**
     * Where and how tokens are kept.
     */
    StorageConfig storage();

    /**
     * The readiness check, in applications with SmallRye Health.
     */
    HealthConfig health();

    /** The readiness check. */
    interface HealthConfig {

        /**
         * How old an answer of the readiness check may be. However often it is asked, directories and tokens are looked at
         * anew only after this time. Write {@code 10s}, {@code 500ms}, {@code 2m} or the form of ISO 8601; {@code 0} to look
         * each time, at most one day.
         */
        @ConfigDocDefault("10s")
        Optional<String> maxAge();

        /**
         * How long the readiness check may take. If there is no answer by then, as when a disk hangs, the application counts
         * as not ready; no second look is begun before the first has ended. At most one day.
         */
        @ConfigDocDefault("3s")
        Optional<String> timeout();
    }

    /** Where and how tokens are kept. */
    interface StorageConfig {

        /**
         * The plain backend.
         */
        FileConfig file();

        /**
         * The encrypted backend.
         */
        SopsConfig sops();

        /**
         * How long to wait while another thread or process holds the lock of a provider, for example to refresh its token.
         * Then the call fails and names the holder. The lock is held while the function given to {@code update} runs, so this
         * should be longer than the token endpoint may take to answer. Reading never waits. Write {@code 10s}, {@code 500ms},
         * {@code 2m} or the form of ISO 8601; at most one day.
         */
        @ConfigDocDefault("10s")
        Optional<String> lockTimeout();
    }

    /** The plain backend. */
    interface FileConfig {

        /**
         * The directory of the plain files. A leading {@code ~} is the home directory, a relative path starts at the working
         * directory. It is created when the first token is saved, readable by its owner only.
         * <p>
         * In development and tests the default is a directory under the build directory.
         */
        @ConfigDocDefault("~/.config/kstlib/auth/tokens")
        Optional<String> directory();
    }

    /** The encrypted backend. */
    interface SopsConfig {

        /**
         * The directory of the encrypted files. A leading {@code ~} is the home directory, a relative path starts at the
         * working directory. It is created when the first token is saved, readable by its owner only.
         * <p>
         * In development and tests the default is a directory under the build directory.
         */
        @ConfigDocDefault("~/.config/kstlib/auth/tokens")
        Optional<String> directory();

        /**
         * The file with the creation rules, which say whom a token is encrypted for. Without it the file named by the
         * environment variable {@code SOPS_CONFIG} is used, then the first {@code .sops.yaml} in the working directory, its
         * parents, and the home directory. Set it for a service, whose working directory is often not of its choosing. Not
         * asked if {@code auth.storage.sops.age.recipients} is set.
         */
        @ConfigDocDefault("the .sops.yaml that is found")
        Optional<String> configFile();

        /**
         * Keys of the {@code age} kind.
         */
        AgeConfig age();

        /**
         * How long the data key of a file is remembered in memory, so that reading the file again needs neither a private key
         * nor a program nor a cloud service; a changed file has another data key. Tokens are decrypted and checked at every
         * reading all the same. All are forgotten at once when identities are added, changed or removed where this library
         * looks for them; that the permission for a cloud key or the key of an agent or smart card is gone is noticed when
         * the time is up. Write {@code 0} to remember none, or {@code 15m}, {@code 30s}, or the form of ISO 8601; at most
         * one day.
         */
        @ConfigDocDefault("15m")
        Optional<String> dataKeyLifetime();

        /**
         * What encrypts and decrypts. {@code built-in} does it inside this process. {@code executable} runs the {@code sops}
         * program, 3.10.0 or newer, for kinds of keys that are not built in: Google Cloud KMS, Azure Key Vault, HashiCorp
         * Vault, age plugins. Both read the files of the other.
         * <p>
         * With {@code executable}, loading a token runs the program once, and so does saving one; {@code update} runs it three
         * times, since it makes sure beforehand that the new token can be encrypted. Each run asks the key service anew:
         * nothing is cached.
         */
        @ConfigDocDefault("built-in")
        Optional<String> engine();

        /**
         * The {@code sops} program for the engine {@code executable}: a name that is searched in {@code PATH}, or a path,
         * which starts at the working directory if it is relative. A leading {@code ~} is the home directory.
         */
        @ConfigDocDefault("sops")
        Optional<String> executable();
    }

    /** Keys of the age kind. */
    interface AgeConfig {

        /**
         * The public keys ({@code age1…}) that tokens are encrypted for, separated by commas. If there are any, no rules file
         * is asked: all a service needs is this setting and a key file. Post-quantum ({@code age1pq1…}) and SSH public keys
         * ({@code ssh-ed25519 …}, {@code ssh-rsa …}) are recipients too.
         */
        Optional<List<String>> recipients();

        /**
         * A file with age identities ({@code AGE-SECRET-KEY-1…}) to decrypt with, in addition to the places where {@code sops}
         * looks: {@code SOPS_AGE_KEY}, {@code SOPS_AGE_KEY_FILE}, {@code SOPS_AGE_KEY_CMD}, and {@code sops/age/keys.txt} in
         * the configuration directory of the user ({@code ~/.config}, on macOS {@code ~/Library/Application Support}, on
         * Windows {@code %AppData%}). It is read again when it changes. Let nobody else read it: mode 0400 or 0600.
         */
        Optional<String> keyFile();
    }
}
