package io.quarkiverse.tokenstorage.runtime;

import java.util.Optional;

import jakarta.enterprise.inject.CreationException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The client of the extension {@code quarkus-amazon-kms}, with what {@code quarkus.kms.*} says. A bean only in applications
 * that have that extension, which makes a client because this class asks for one.
 */
public class AmazonKmsClients implements ApplicationKms {

    private static final Logger LOG = Logger.getLogger(AmazonKmsClients.class);

    private final Instance<KmsClient> clients;

    @Inject
    public AmazonKmsClients(Instance<KmsClient> clients) {
        this.clients = clients;
    }

    @Override
    public Optional<KmsClient> clientFor(String region) {
        if (!clients.isResolvable()) {
            return Optional.empty();
        }
        try {
            KmsClient client = clients.get();
            boolean fits = client.serviceClientConfiguration().region().id().equals(region);
            return fits ? Optional.of(client) : Optional.empty();
        } catch (SdkException | CreationException e) {
            // Such as one without a region; the ARN of a key has it
            LOG.debugf("The client of quarkus-amazon-kms is not used: %s", e.getClass().getName());
            return Optional.empty();
        }
    }
}
