package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.CreationException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsServiceClientConfiguration;

/** Which of an application's clients fit, and what is left of them afterwards. */
class AmazonKmsClientsTest {

    private final List<String> events = new ArrayList<>();

    /** A client that somebody wrote by hand: all operations that it does not have are unsupported. */
    private static class Bare implements KmsClient {

        @Override
        public String serviceName() {
            return "kms";
        }

        @Override
        public void close() {
            throw new AssertionError("Not ours to close");
        }
    }

    private AmazonKmsClients clients(Class<? extends Annotation> scope, Supplier<KmsClient> made) {
        Bean<?> bean = stub(Bean.class, (method) -> scope);
        Object[] client = new Object[1];
        Instance.Handle<?> handle = stub(Instance.Handle.class, method -> switch (method) {
            case "get" -> {
                if (client[0] == null) {
                    client[0] = made.get();
                    events.add("made");
                }
                yield client[0];
            }
            case "getBean" -> bean;
            default -> events.add(method);
        });
        return new AmazonKmsClients(stub(Instance.class, method -> method.equals("isResolvable") ? (Object) true : handle));
    }

    private interface Answer {
        Object to(String method);
    }

    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<? super T> type, Answer answer) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
            Object answered = answer.to(method.getName());
            return method.getReturnType() == void.class ? null : answered;
        });
    }

    @Test
    void aClientForTheRegionIsGotOnce() {
        try (KmsClient real = KmsClient.builder().region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create()).build()) {
            AmazonKmsClients clients = clients(Dependent.class, () -> real);

            assertThat(clients.clientFor("eu-west-1")).containsSame(real);
            assertThat(clients.clientFor("eu-west-1")).containsSame(real);
            assertThat(clients.clientFor("us-east-1")).isEmpty();
            assertThat(events).containsExactly("made");
        }
    }

    @Test
    void oneThatDoesNotTellItsRegionDoesNotFit() {
        assertThat(clients(ApplicationScoped.class, Bare::new).clientFor("eu-west-1")).isEmpty();
        assertThat(clients(ApplicationScoped.class, () -> new Bare() {
            @Override
            public KmsServiceClientConfiguration serviceClientConfiguration() {
                return null;
            }
        }).clientFor("eu-west-1")).isEmpty();
        assertThat(clients(ApplicationScoped.class, () -> new Bare() {
            @Override
            public KmsServiceClientConfiguration serviceClientConfiguration() {
                return KmsServiceClientConfiguration.builder().build();
            }
        }).clientFor("eu-west-1")).isEmpty();
        assertThat(clients(ApplicationScoped.class, () -> {
            throw new CreationException("no region");
        }).clientFor("eu-west-1")).isEmpty();
    }

    @Test
    void onlyADependentOneIsDestroyedAndOnlyIfThereIsOne() {
        AmazonKmsClients unused = clients(Dependent.class, Bare::new);
        unused.destroyDependent();
        AmazonKmsClients shared = clients(ApplicationScoped.class, Bare::new);
        shared.clientFor("eu-west-1");
        shared.destroyDependent();
        assertThat(events).containsExactly("made");

        AmazonKmsClients own = clients(Dependent.class, Bare::new);
        own.clientFor("eu-west-1");
        own.destroyDependent();
        assertThat(events).containsExactly("made", "made", "destroy");
    }
}
