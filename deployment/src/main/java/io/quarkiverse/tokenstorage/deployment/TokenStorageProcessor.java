package io.quarkiverse.tokenstorage.deployment;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.runtime.BuiltChoices;
import io.quarkiverse.tokenstorage.runtime.BuiltChoices.Choice;
import io.quarkiverse.tokenstorage.runtime.SettingsCloser;
import io.quarkiverse.tokenstorage.runtime.StorageCloser;
import io.quarkiverse.tokenstorage.runtime.StorageObservers;
import io.quarkiverse.tokenstorage.runtime.TokenStorageBuildTimeConfig;
import io.quarkiverse.tokenstorage.runtime.TokenStorageRecorder;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenInspection;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.logging.LoggingSetupBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** Turns the configured backends into beans. */
class TokenStorageProcessor {

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("token-storage");
    }

    @BuildStep
    ChosenBackendsBuildItem choose(TokenStorageBuildTimeConfig config) {
        Map<String, Choice> providers = new TreeMap<>();
        config.providers().forEach((provider, settings) -> settings.tokenStorage().ifPresent(
                backend -> providers.put(provider, new Choice(backend, AuthKeys.ordinal(AuthKeys.ofProvider(provider))))));
        return new ChosenBackendsBuildItem(new Choice(config.tokenStorage(), AuthKeys.ordinal(AuthKeys.TOKEN_STORAGE)),
                providers);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem settings(ChosenBackendsBuildItem chosen, Capabilities capabilities,
            Optional<AmazonKmsBuildItem> amazonKms, TokenStorageRecorder recorder) {
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(StorageSettings.class)
                .scope(Singleton.class).defaultBean().setRuntimeInit().createWith(recorder.settings(chosen.common().backend(),
                        chosen.providerBackends(), capabilities.isPresent(Capability.PICOCLI), amazonKms.isPresent()))
                .destroyer(SettingsCloser.class);
        amazonKms.ifPresent(present -> bean.addInjectionPoint(ClassType.create(ApplicationKms.class)));
        return bean.done();
    }

    @BuildStep
    ReachableBackendsBuildItem reachable(ChosenBackendsBuildItem chosen, BeanDiscoveryFinishedBuildItem discovered) {
        Set<String> names = new TreeSet<>(chosen.names());
        Set<String> injected = new TreeSet<>();
        boolean configuredInjected = false;
        for (InjectionPointInfo point : discovered.getInjectionPoints()) {
            Optional<String> name = Backends.of(point);
            name.ifPresent(names::add);
            if (name.isPresent() && Backends.isCertain(point, name.get())) {
                injected.add(name.get());
            }
            configuredInjected |= Backends.isConfigured(point) && !HealthProcessor.isOfTheCheck(point);
        }
        return new ReachableBackendsBuildItem(names, injected, configuredInjected);
    }

    /** One bean for each built-in backend that the application can reach. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void backends(ReachableBackendsBuildItem reachable, Optional<ObserversBuildItem> observed, TokenStorageRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        Set<String> names = reachable.names();
        RuntimeValue<StorageObservers> observers = observers(observed);
        if (names.contains(BuiltInBackends.MEMORY)) {
            beans.produce(backend(BuiltInBackends.MEMORY, recorder.memory(observers)));
        }
        if (names.contains(BuiltInBackends.FILE)) {
            beans.produce(backend(BuiltInBackends.FILE, recorder.file(observers)));
        }
        if (names.contains(BuiltInBackends.SOPS)) {
            beans.produce(SyntheticBeanBuildItem.configure(SopsTokenStorage.class).scope(ApplicationScoped.class)
                    .addType(TokenStorage.class).addType(SopsTokenStorage.class)
                    .addQualifier(Backends.qualifier(BuiltInBackends.SOPS)).defaultBean().setRuntimeInit()
                    .addInjectionPoint(ClassType.create(StorageSettings.class)).createWith(recorder.sops(observers))
                    .destroyer(StorageCloser.class).done());
            beans.produce(partOfSops(KeyRotation.class, recorder.keyRotation()));
            beans.produce(partOfSops(TokenInspection.class, recorder.tokenInspection()));
        }
    }

    private static RuntimeValue<StorageObservers> observers(Optional<ObserversBuildItem> observed) {
        return observed.map(ObserversBuildItem::observers).orElse(null);
    }

    /** What only the encrypted backend can do, to be injected without a qualifier. */
    private static <T> SyntheticBeanBuildItem partOfSops(Class<T> type, Function<SyntheticCreationalContext<T>, T> creation) {
        return SyntheticBeanBuildItem.configure(type).scope(ApplicationScoped.class).defaultBean().setRuntimeInit()
                .addInjectionPoint(ClassType.create(SopsTokenStorage.class), Backends.qualifier(BuiltInBackends.SOPS))
                .createWith(creation).done();
    }

    private static SyntheticBeanBuildItem backend(String name,
            Function<SyntheticCreationalContext<TokenStorage>, TokenStorage> creation) {
        return SyntheticBeanBuildItem.configure(TokenStorage.class).scope(ApplicationScoped.class)
                .addQualifier(Backends.qualifier(name)).defaultBean().setRuntimeInit()
                .addInjectionPoint(ClassType.create(StorageSettings.class)).createWith(creation)
                .destroyer(StorageCloser.class).done();
    }

    /** The bean that is injected without a qualifier. Its injection points keep the backends' beans from being removed. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem configuredStorage(ChosenBackendsBuildItem chosen, Optional<ObserversBuildItem> observed,
            TokenStorageRecorder recorder) {
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(TokenStorage.class)
                .scope(ApplicationScoped.class).defaultBean().setRuntimeInit()
                .createWith(recorder.configured(chosen.common().backend(), chosen.providerBackends(),
                        observers(observed)));
        for (String name : chosen.names()) {
            bean.addInjectionPoint(Backends.type(), Backends.qualifier(name));
        }
        return bean.done();
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void refuseOverrides(ChosenBackendsBuildItem chosen, Optional<OwnStorageBuildItem> own, TokenStorageRecorder recorder) {
        if (own.isEmpty()) {
            recorder.refuseOverrides(new BuiltChoices(chosen.common(), chosen.providers()));
        }
    }

    /** Command lines have a doctor, and start too often to look each time. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(LoggingSetupBuildItem.class)
    void warnOfMisspeltSettings(Capabilities capabilities, TokenStorageRecorder recorder) {
        if (capabilities.isMissing(Capability.PICOCLI)) {
            recorder.warnOfMisspeltSettings();
        }
    }
}
