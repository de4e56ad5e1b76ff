package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.smallrye.common.annotation.Identifier;

/** Two backends in one application: moves what the plain one keeps into the encrypted one. */
@ApplicationScoped
public class PlainAndEncrypted {

    // tag::inject[]
    @Inject
    TokenStorage tokens;

    @Inject
    @Identifier("file")
    TokenStorage plain;
    // end::inject[]

    // tag::move[]
    public void move() {
        for (String provider : plain.providers()) {
            plain.load(provider).ifPresent(token -> {
                tokens.save(provider, token);
                plain.delete(provider);
            });
        }
    }
    // end::move[]
}
