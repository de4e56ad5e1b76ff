package io.quarkiverse.tokenstorage.runtime;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.CreationException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The client of the extension {@code quarkus-amazon-kms}, with what {@code quarkus.kms.*} says. A bean only in applications
 * that have that extension, which makes a client because this class asks for one.
 */
public class AmazonKmsClients implements ApplicationKms {

    private static final Logger LOG = Logger.getLogger(AmazonKmsClients.class);

    private final Instance<KmsClient> clients;
    private final ReentrantLock lock = new ReentrantLock();
    private Instance.Handle<KmsClient> client;

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
            KmsClient client = client();
            // Null where a test has put a mock in its place
            AwsServiceClientConfiguration configuration = client.serviceClientConfiguration();
            boolean fits = configuration != null && configuration.region() != null
                    && configuration.region().id().equals(region);
            return fits ? Optional.of(client) : Optional.empty();
        } catch (SdkException | CreationException | UnsupportedOperationException e) {
            // Such as one without a region; the ARN of a key has it. A client of the application's own may not tell its region
            LOG.debugf("The client of quarkus-amazon-kms is not used: %s", e.getClass().getName());
            return Optional.empty();
        }
    }

    /** One for all calls: a dependent one would be made anew each time. */
    private KmsClient client() {
        lock.lock();
        try {
            if (client == null) {
                client = clients.getHandle();
            }
            return client.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever uses a client of another scope may do so still. */
    @PreDestroy
    void destroyDependent() {
        lock.lock();
        try {
            if (client != null && Dependent.class.equals(client.getBean().getScope())) {
                client.destroy();
            }
        } finally {
            lock.unlock();
        }
    }
}
