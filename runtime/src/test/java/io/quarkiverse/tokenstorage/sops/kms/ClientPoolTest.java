package io.quarkiverse.tokenstorage.sops.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.sops.kms.AwsClient.Access;
import io.quarkiverse.tokenstorage.sops.kms.ClientPool.Lease;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

class ClientPoolTest {

    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final ClientPool pool = new ClientPool(this::open);

    private AwsClient open(Access access) {
        opened.add(access.role());
        return new AwsClient(KmsClient.builder().region(Region.of(access.region())).httpClient(UrlConnectionHttpClient.create())
                .build(), AnonymousCredentialsProvider.create(), List.of(() -> closed.add(access.role())));
    }

    @Test
    void aClientThatWorksIsKept() {
        use("a", true);
        use("a", true);
        assertThat(opened).containsExactly("a");
        assertThat(closed).isEmpty();
        pool.close();
        assertThat(closed).containsExactly("a");
    }

    @Test
    void aClientThatDoesNotIsOpenedAnew() {
        use("a", false);
        assertThat(closed).containsExactly("a");
        use("a", true);
        assertThat(opened).containsExactly("a", "a");
    }

    @Test
    void aClientIsClosedWhenItsLastUserHasReturnedIt() {
        try (Lease first = pool.lease(access("a"))) {
            use("a", false);
            assertThat(closed).isEmpty();
            pool.close();
            assertThat(closed).isEmpty();
            first.keep();
        }
        assertThat(closed).containsExactly("a");
        assertThatThrownBy(() -> pool.lease(access("a"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlySoManyAreKept() {
        for (int i = 0; i < ClientPool.MOST_CLIENTS; i++) {
            use("role" + i, true);
        }
        use("role0", true);
        use("another", true);
        assertThat(closed).as("the one that was not used for longest").containsExactly("role1");
        for (int i = 0; i < 1000; i++) {
            use("more" + i, true);
        }
        assertThat(opened.size() - closed.size()).isEqualTo(ClientPool.MOST_CLIENTS);
    }

    private void use(String role, boolean works) {
        try (Lease lease = pool.lease(access(role))) {
            assertThat(lease.client()).isNotNull();
            if (works) {
                lease.keep();
            }
        }
    }

    private static Access access(String role) {
        return new Access("eu-west-1", role, "");
    }
}
