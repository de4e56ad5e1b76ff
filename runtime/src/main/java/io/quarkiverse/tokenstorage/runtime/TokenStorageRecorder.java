package io.quarkiverse.tokenstorage.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.cli.TerminalPassphrases;
import io.quarkiverse.tokenstorage.runtime.TokenStorageRunTimeConfig.SopsConfig;
import io.quarkiverse.tokenstorage.runtime.TokenStorageRunTimeConfig.StorageConfig;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.LockObserver;
import io.quarkiverse.tokenstorage.storage.ObservedSopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.ObservedTokenStorage;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenInspection;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.SmallRyeConfig;

/**
 * Makes the beans. Each backend has a method of its own, and only those of chosen backends are recorded: what an application
 * does not use is not reachable from it.
 */
@Recorder
public class TokenStorageRecorder {

    private final RuntimeValue<TokenStorageRunTimeConfig> config;

    public TokenStorageRecorder(RuntimeValue<TokenStorageRunTimeConfig> config) {
        this.config = config;
    }

    /** Refuses to start if a backend was chosen that the application was not built with. */
    public void refuseOverrides(BuiltChoices built) {
        RunTimeOverrideCheck.check(built, configuration());
    }

    /** For applications in which nobody can ask the doctor. */
    public void warnOfMisspeltSettings() {
        MisspeltSettings.warn(configuration());
    }

    private static SmallRyeConfig configuration() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    }

    /**
     * @param forPeople whether the application is a command line, so that somebody may be there to ask for a passphrase
     * @param withApplicationKms whether there is a bean of the type {@link ApplicationKms}
     */
    public Function<SyntheticCreationalContext<StorageSettings>, StorageSettings> settings(String defaultBackend,
            Map<String, String> providerBackends, boolean forPeople, boolean withApplicationKms) {
        return context -> {
            HostEnvironment environment = HostEnvironment.current();
            Optional<String> refusal = forPeople && LaunchMode.current() == LaunchMode.NORMAL
                    ? WorkingDirectorySettings.refusal(ConfigProvider.getConfig(), environment.workingDirectory())
                    : Optional.empty();
            StorageConfig storage = config.getValue().storage();
            SopsConfig sops = storage.sops();
            StorageSettings.Texts texts = new StorageSettings.Texts(storage.file().directory(), sops.directory(),
                    storage.lockTimeout(), sops.configFile(), sops.age().recipients().orElse(List.of()),
                    sops.age().keyFile(), sops.dataKeyLifetime(), sops.engine(), sops.executable(), refusal);
            return new StorageSettings(defaultBackend, providerBackends, config.getValue().defaultProvider(), texts,
                    environment,
                    withApplicationKms ? Optional.of(context.getInjectedReference(ApplicationKms.class)) : Optional.empty(),
                    new IdentityUnlocking(forPeople ? new TerminalPassphrases(environment) : PassphraseSource.NONE),
                    () -> MisspeltSettings.find(configuration()));
        };
    }

    /** @param observers null if nobody observes */
    public Function<SyntheticCreationalContext<TokenStorage>, TokenStorage> memory(RuntimeValue<StorageObservers> observers) {
        return context -> {
            StorageSettings settings = context.getInjectedReference(StorageSettings.class);
            return observed(observers, BuiltInBackends.MEMORY, new DeferredTokenStorage<>(
                    () -> TokenStorages.memory(settings.options().lockTimeout(),
                            lockObserver(observers, BuiltInBackends.MEMORY))));
        };
    }

    /** @param observers null if nobody observes */
    public Function<SyntheticCreationalContext<TokenStorage>, TokenStorage> file(RuntimeValue<StorageObservers> observers) {
        return context -> {
            StorageSettings settings = context.getInjectedReference(StorageSettings.class);
            return observed(observers, BuiltInBackends.FILE,
                    new DeferredTokenStorage<>(() -> TokenStorages.file(settings.fileDirectory(),
                            settings.options().withLockObserver(lockObserver(observers, BuiltInBackends.FILE)))));
        };
    }

    /** @param observers null if nobody observes */
    public Function<SyntheticCreationalContext<SopsTokenStorage>, SopsTokenStorage> sops(
            RuntimeValue<StorageObservers> observers) {
        return context -> {
            StorageSettings settings = context.getInjectedReference(StorageSettings.class);
            SopsTokenStorage storage = new DeferredSopsTokenStorage(() -> TokenStorages.sops(settings.sopsDirectory(),
                    settings.options().withLockObserver(lockObserver(observers, BuiltInBackends.SOPS))));
            return observers == null ? storage
                    : new ObservedSopsTokenStorage(storage, observers.getValue().of(BuiltInBackends.SOPS));
        };
    }

    private static TokenStorage observed(RuntimeValue<StorageObservers> observers, String backend, TokenStorage storage) {
        return observers == null ? storage : new ObservedTokenStorage<>(storage, observers.getValue().of(backend));
    }

    private static LockObserver lockObserver(RuntimeValue<StorageObservers> observers, String backend) {
        return observers == null ? LockObserver.NONE : observers.getValue().of(backend);
    }

    public Function<SyntheticCreationalContext<KeyRotation>, KeyRotation> keyRotation() {
        return TokenStorageRecorder::sopsBackend;
    }

    public Function<SyntheticCreationalContext<TokenInspection>, TokenInspection> tokenInspection() {
        return TokenStorageRecorder::sopsBackend;
    }

    /** The one instance, so that what it caches is shared, and closed once. */
    private static SopsTokenStorage sopsBackend(SyntheticCreationalContext<?> context) {
        return context.getInjectedReference(SopsTokenStorage.class, Identifier.Literal.of(BuiltInBackends.SOPS));
    }

    /**
     * The bean without qualifier: each provider's calls go to the backend that was chosen for it.
     *
     * @param observers null if nobody observes
     */
    public Function<SyntheticCreationalContext<TokenStorage>, TokenStorage> configured(String defaultBackend,
            Map<String, String> providerBackends, RuntimeValue<StorageObservers> observers) {
        return context -> {
            Set<String> names = new TreeSet<>(providerBackends.values());
            names.add(defaultBackend);
            Map<String, TokenStorage> backends = new HashMap<>();
            names.forEach(name -> backends.put(name, backend(context, name, observers)));
            return new ProviderRoutingTokenStorage(backends, defaultBackend, providerBackends);
        };
    }

    /** The backends of this extension are observed wherever they are injected; those of the application only here. */
    private static TokenStorage backend(SyntheticCreationalContext<TokenStorage> context, String name,
            RuntimeValue<StorageObservers> observers) {
        Identifier identifier = Identifier.Literal.of(name);
        TokenStorage storage = context.getInjectedReference(TokenStorage.class, identifier);
        return Arc.container().select(TokenStorage.class, identifier).getHandle().getBean().isDefaultBean() ? storage
                : observed(observers, name, storage);
    }
}
