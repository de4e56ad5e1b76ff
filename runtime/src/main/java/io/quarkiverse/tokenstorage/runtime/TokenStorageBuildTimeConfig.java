package io.quarkiverse.tokenstorage.runtime;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Token Storage: what is decided when the application is built. */
@ConfigMapping(prefix = "auth")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface TokenStorageBuildTimeConfig {

    /**
     * The backend that keeps the tokens of every provider without one of its own.
     * <ul>
     * <li>{@code sops}: encrypted files, the same that the {@code sops} program writes and reads. For production and for
     * command lines.</li>
     * <li>{@code file}: plain JSON files that only their owner can read. <strong>The tokens are not encrypted</strong>: for
     * development.</li>
     * <li>{@code memory}: this process only. For tests and for services that get a new token at each start; a command line
     * forgets such a token as soon as the command ends.</li>
     * </ul>
     * Any other name is that of a bean of the application: a {@code TokenStorage} qualified with {@code @Identifier("name")}.
     * <p>
     * Only the backends named here, for a provider, or injected with {@code @Identifier} become part of the application, so
     * the choice is made when it is built. An application that is started with another value (environment variable, system
     * property) refuses to start: build it again with the new value.
     * <p>
     * In YAML, the spelling {@code token_storage} works too, as do those of all keys of {@code auth} with underscores.
     */
    @WithDefault("sops")
    String tokenStorage();

    /**
     * Settings of single providers.
     */
    @ConfigDocMapKey("provider")
    Map<String, ProviderConfig> providers();

    /**
     * Dev service.
     */
    DevServicesConfig devservices();

    /**
     * Readiness check.
     */
    HealthBuildTimeConfig health();

    /**
     * Figures.
     */
    MetricsConfig metrics();

    /** The readiness check. */
    interface HealthBuildTimeConfig {

        /**
         * Whether an application that has the extension SmallRye Health gets a readiness check that says whether tokens can be
         * saved and read, and why not. It takes no lock, asks no person, and runs no program and calls no service; what only
         * these could tell does not count. A missing token is no reason not to be ready, one that cannot be decrypted is.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Figures. */
    interface MetricsConfig {

        /**
         * Whether an application that has the extension Micrometer gets counters and timers: {@code token.storage.operations}
         * (by backend, operation and outcome), {@code token.storage.lock.waits} (by backend and outcome) and
         * {@code token.storage.failures} (by backend and cause). Providers are not told apart.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Settings of one provider. */
    interface ProviderConfig {

        /**
         * The backend that keeps the tokens of this provider, by the same names as {@code auth.token-storage}, which is also
         * the default. Decided when the application is built, too. A provider with a dot in its name needs the quotes.
         */
        Optional<String> tokenStorage();
    }

    /** The dev service, which needs no container. */
    interface DevServicesConfig {

        /**
         * Whether development and tests get a throw-away key and a directory under the build directory, wherever you have not
         * configured your own. Tokens in your home directory are then left alone.
         * <p>
         * Turn it off to develop with your own keys: the directory is still one under the build directory then, but keys and
         * rules are those that {@code sops} would use. It starts no container, and there is none of it in production.
         */
        @WithDefault("true")
        boolean enabled();
    }
}
