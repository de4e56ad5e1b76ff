package io.quarkiverse.tokenstorage.deployment;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.runtime.BuiltChoices.Choice;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.store.ProviderName;
import io.quarkus.arc.deployment.ObserverRegistrationPhaseBuildItem;
import io.quarkus.arc.deployment.ObserverRegistrationPhaseBuildItem.ObserverConfiguratorBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Compares the configured names of backends with the beans there are, and says what is wrong in words of the configuration. */
class BackendValidationProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.tokenstorage");

    /**
     * Runs when all beans are known, those of other extensions too, and before injection is resolved, which would fail in
     * words of CDI: that order is all that the unused producer is for.
     */
    @BuildStep
    void requireKnownBackends(ChosenBackendsBuildItem chosen, ObserverRegistrationPhaseBuildItem phase,
            BuildProducer<ObserverConfiguratorBuildItem> beforeResolution, BuildProducer<OwnStorageBuildItem> own) {
        AuthKeys.withoutQuotes().forEach((key, quoted) -> {
            throw new ConfigurationException(key + ": a provider name with a dot needs quotes, write " + quoted, Set.of(key));
        });
        Set<String> known = new TreeSet<>(BuiltInBackends.ALL);
        BeanInfo ownStorage = null;
        for (BeanInfo bean : phase.getContext().beans().withBeanType(Backends.TOKEN_STORAGE)) {
            Backends.name(bean.getQualifiers()).ifPresent(known::add);
            if (bean.hasDefaultQualifiers() && !bean.isDefaultBean()) {
                ownStorage = bean;
            }
        }
        requireKnown(AuthKeys.TOKEN_STORAGE, chosen.common(), known);
        for (Map.Entry<String, Choice> provider : chosen.providers().entrySet()) {
            requireProviderName(provider.getKey());
            requireKnown(AuthKeys.ofProvider(provider.getKey()), provider.getValue(), known);
        }
        if (ownStorage != null) {
            LOG.infof("TokenStorage is %s, a bean of the application: %s=%s is ignored", ownStorage.getBeanClass(),
                    AuthKeys.TOKEN_STORAGE, chosen.common().backend());
            own.produce(new OwnStorageBuildItem());
        }
    }

    private static void requireProviderName(String provider) {
        try {
            ProviderName.require(provider);
        } catch (InvalidProviderNameException e) {
            String key = AuthKeys.ofProvider(provider);
            throw new ConfigurationException(key + ": " + e.getMessage(), Set.of(key));
        }
    }

    private static void requireKnown(String key, Choice choice, Set<String> known) {
        if (!known.contains(choice.backend())) {
            throw new ConfigurationException(key + " is '" + choice.backend() + "', but there is no such backend. Use one of "
                    + String.join(", ", known) + ", or add a TokenStorage bean with @Identifier(\"" + choice.backend() + "\")",
                    Set.of(key));
        }
    }
}
