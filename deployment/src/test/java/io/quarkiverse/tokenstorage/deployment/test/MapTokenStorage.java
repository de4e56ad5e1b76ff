package io.quarkiverse.tokenstorage.deployment.test;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;

/** A backend as an application would write one. */
public class MapTokenStorage implements TokenStorage {

    private final Map<String, AuthToken> tokens = new ConcurrentHashMap<>();

    @Override
    public void save(String provider, AuthToken token) {
        tokens.put(provider, token);
    }

    @Override
    public Optional<AuthToken> load(String provider) {
        return Optional.ofNullable(tokens.get(provider));
    }

    @Override
    public boolean delete(String provider) {
        return tokens.remove(provider) != null;
    }

    @Override
    public boolean exists(String provider) {
        return tokens.containsKey(provider);
    }

    @Override
    public Set<String> providers() {
        return new TreeSet<>(tokens.keySet());
    }

    @Override
    public Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        return Optional.ofNullable(
                tokens.compute(provider, (name, token) -> change.apply(Optional.ofNullable(token)).orElse(null)));
    }
}
