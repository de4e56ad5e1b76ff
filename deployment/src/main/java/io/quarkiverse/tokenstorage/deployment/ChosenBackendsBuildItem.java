package io.quarkiverse.tokenstorage.deployment;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.runtime.BuiltChoices.Choice;
import io.quarkus.builder.item.SimpleBuildItem;

/** The backends that the configuration names. */
final class ChosenBackendsBuildItem extends SimpleBuildItem {

    private final Choice common;
    private final Map<String, Choice> providers;

    ChosenBackendsBuildItem(Choice common, Map<String, Choice> providers) {
        this.common = common;
        this.providers = new TreeMap<>(providers);
    }

    Choice common() {
        return common;
    }

    /** Provider name to its choice, for providers that have one of their own. */
    Map<String, Choice> providers() {
        return providers;
    }

    /** Provider name to the name of its backend; mutable, since it is recorded. */
    Map<String, String> providerBackends() {
        Map<String, String> backends = new TreeMap<>();
        providers.forEach((provider, choice) -> backends.put(provider, choice.backend()));
        return backends;
    }

    /** The name of every backend that is named anywhere. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(providerBackends().values());
        names.add(common.backend());
        return names;
    }
}
