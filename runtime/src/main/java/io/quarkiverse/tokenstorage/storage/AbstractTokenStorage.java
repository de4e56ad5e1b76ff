package io.quarkiverse.tokenstorage.storage;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.store.ProviderName;

/**
 * What every backend owes its callers whatever it keeps tokens in: valid provider names, no {@code null}, and no writing
 * inside the function of an {@link #update}. A base for own backends; the {@code do…} methods get checked arguments.
 */
public abstract class AbstractTokenStorage implements TokenStorage {

    @Override
    public final void save(String provider, AuthToken token) {
        ProviderName.require(provider);
        Objects.requireNonNull(token, "token");
        UpdateScope.refuseInside("save", provider);
        doSave(provider, token);
    }

    @Override
    public final Optional<AuthToken> load(String provider) {
        ProviderName.require(provider);
        return doLoad(provider);
    }

    @Override
    public final boolean delete(String provider) {
        ProviderName.require(provider);
        UpdateScope.refuseInside("delete", provider);
        return doDelete(provider);
    }

    @Override
    public final boolean exists(String provider) {
        ProviderName.require(provider);
        return doExists(provider);
    }

    @Override
    public final Optional<AuthToken> update(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        ProviderName.require(provider);
        Objects.requireNonNull(change, "change");
        UpdateScope.refuseInside("update", provider);
        return doUpdate(provider, current -> Objects.requireNonNull(
                UpdateScope.run(provider, () -> change.apply(current)), "The function given to update returned null"));
    }

    protected abstract void doSave(String provider, AuthToken token);

    protected abstract Optional<AuthToken> doLoad(String provider);

    protected abstract boolean doDelete(String provider);

    protected abstract boolean doExists(String provider);

    /** @param change never returns null, and refuses nested writes by itself; call it at most once, holding the lock */
    protected abstract Optional<AuthToken> doUpdate(String provider,
            Function<Optional<AuthToken>, Optional<AuthToken>> change);
}
