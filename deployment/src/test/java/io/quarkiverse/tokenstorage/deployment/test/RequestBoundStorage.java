package io.quarkiverse.tokenstorage.deployment.test;

import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.AuthToken;
import io.smallrye.common.annotation.Identifier;

/** A backend that works in a request only, as one over a database may, under the name of a built-in one. */
@ApplicationScoped
@Identifier("sops")
public class RequestBoundStorage extends MapTokenStorage {

    @Inject
    Session session;

    @RequestScoped
    public static class Session {

        void use() {
        }
    }

    @Override
    public void save(String provider, AuthToken token) {
        session.use();
        super.save(provider, token);
    }

    @Override
    public Optional<AuthToken> load(String provider) {
        session.use();
        return super.load(provider);
    }

    @Override
    public Set<String> providers() {
        session.use();
        return super.providers();
    }

    @Override
    public boolean delete(String provider) {
        session.use();
        return super.delete(provider);
    }
}
