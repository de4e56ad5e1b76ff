package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;

/** A thread of the old application keeps a lock while the new one, in another class loader, wants it. */
public class LiveReloadTest {

    private static final int PORT = DevModePort.choose();

    @RegisterExtension
    static final QuarkusDevModeTest TEST = new QuarkusDevModeTest().withApplicationRoot(archive -> archive
            .addClass(LockingResource.class).addAsResource(new StringAsset("auth.storage.lock-timeout=100ms\n"),
                    "application.properties"));

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void letGo() {
        System.setProperty(LockingResource.RELEASE, "true");
    }

    @Test
    void aLockOfTheOldApplicationIsRespectedAndTokensStay() throws Exception {
        System.clearProperty(LockingResource.RELEASE);
        assertThat(get("save")).isEqualTo("first: saved");
        assertThat(get("hold")).isEqualTo("first: held");

        TEST.modifySourceFile(LockingResource.class, text -> text.replace("\"first: \"", "\"second: \""));

        assertThat(get("load")).isEqualTo("second: access-1");
        assertThat(get("change")).isEqualTo("second: LockTimeoutException");

        System.setProperty(LockingResource.RELEASE, "true");
        assertThat(get("released")).isEqualTo("second: released");
        assertThat(get("change")).isEqualTo("second: changed");
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/" + path))
                .timeout(Duration.ofSeconds(60)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }
}
