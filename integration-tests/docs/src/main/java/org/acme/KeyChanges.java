package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.storage.KeyRotation;

/** Gives all stored tokens new data keys. */
// tag::all[]
@ApplicationScoped
public class KeyChanges {

    private static final Logger LOG = Logger.getLogger(KeyChanges.class);

    @Inject
    KeyRotation keys;

    public void rotateAll() {
        for (String provider : keys.providers()) {
            try {
                keys.rotate(provider);
            } catch (TokenStorageException e) {
                LOG.errorf("%s keeps its keys: %s", provider, e.getMessage());
            }
        }
    }
}
// end::all[]
