package io.quarkiverse.tokenstorage.runtime;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.ProviderScope;

/** Keeps the tokens of some providers in storages of their own, and those of all others in a common one. */
public final class ProviderRoutingTokenStorage implements TokenStorage {

    private final Map<String, TokenStorage> backends;
    private final TokenStorage common;
    private final Map<String, TokenStorage> own;

    /**
     * @param backends the storages by the names of their backends
     * @param common the backend of all providers that are not in {@code own}
     * @param own provider name to backend
     */
    ProviderRoutingTokenStorage(Map<String, TokenStorage> backends, String common, Map<String, String> own) {
        this.backends = Collections.unmodifiableMap(new TreeMap<>(backends));
        this.common = backends.get(common);
        Map<String, TokenStorage> storages = new HashMap<>();
        own.forEach((provider, backend) -> storages.put(provider, backends.get(backend)));
        this.own = Map.copyOf(storages);
    }

    /** The storages that are in use, by the names of their backends, sorted. */
    public Map<String, TokenStorage> backends() {
        return backends;
    }

    /**
     * Whose tokens are kept in one of the {@link #backends}.
     *
     * @param known a provider that the configuration names without saying where its token is kept
     */
    public ProviderScope scope(String backend, Optional<String> known) {
        TokenStorage storage = backends.get(backend);
        Set<String> here = new TreeSet<>();
        Set<String> elsewhere = new TreeSet<>();
        own.forEach((provider, ofProvider) -> (ofProvider == storage ? here : elsewhere).add(provider));
        boolean others = storage == common;
        known.filter(provider -> others && !elsewhere.contains(provider)).ifPresent(here::add);
        return new ProviderScope(here, elsewhere, others);
    }

    private TokenStorage storageOf(String provider) {
        WorkerThread.require();
        return provider == null ? common : own.getOrDefault(provider, common);
    }

    @Override
    public void save(String provider, AuthToken token) {
        storageOf(provider).save(provider, token);
    }

    @Override
    public Optional<AuthToken> load(String provider) {
        return storageOf(provider).load(provider);
    }

    @Override
    public boolean delete(String provider) {
        return storageOf(provider).delete(provider);
    }

    @Override
    public boolean exists(String provider) {
        return storageOf(provider).exists(provider);
    }

    /**
     * The providers of all storages, each counted only where this storage would look for it: what a storage still holds of a
     * provider that has moved elsewhere is not reachable here.
     */
    @Override
    public Set<String> providers() {
        WorkerThread.require();
        Set<String> names = new TreeSet<>();
        for (String provider : common.providers()) {
            if (!own.containsKey(provider)) {
                names.add(provider);
            }
        }
        own.forEach((provider, storage) -> {
            if (storage.exists(provider)) {
                names.add(provider);
            }
        });
        return Collections.unmodifiableSet(names);
    }

    @Override
    public Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        return storageOf(provider).update(provider, change);
    }
}
