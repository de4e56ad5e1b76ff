package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.test.QuarkusDevModeTest;

/** What the dev service supplied goes when the application gets keys or rules of its own while it runs. */
public class DevServiceTurnedOffTest {

    private static final String PROPERTIES = "application.properties";

    private static final int PORT = DevModePort.choose();

    @RegisterExtension
    static final QuarkusDevModeTest TEST = new QuarkusDevModeTest().withApplicationRoot(
            archive -> archive.addClass(KeysResource.class).addAsResource(new StringAsset("# nothing yet\n"), PROPERTIES));

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theThrowAwayKeyDoesNotOutliveTheDevService() throws Exception {
        assertThat(keys()).matches("age1\\w+ .*/keys\\.txt none");

        TEST.modifyResourceFile(PROPERTIES, text -> text + "auth.storage.sops.config-file=/rules/own.yaml\n");
        assertThat(keys()).isEqualTo("none none /rules/own.yaml");

        TEST.modifyResourceFile(PROPERTIES, text -> "auth.devservices.enabled=false\n");
        assertThat(keys()).isEqualTo("none none none");
        assertThat(get("directory")).endsWith("/token-storage-dev/tokens");

        TEST.modifyResourceFile(PROPERTIES, text -> "# nothing again\n");
        assertThat(keys()).matches("age1\\w+ .*/keys\\.txt none");
    }

    private String keys() throws IOException, InterruptedException {
        return get("keys");
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/" + path))
                .timeout(Duration.ofSeconds(60)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @Path("/")
    public static class KeysResource {

        @Inject
        StorageSettings settings;

        @GET
        @Path("directory")
        public String directory() {
            return settings.sopsDirectory().toString();
        }

        @GET
        @Path("keys")
        public String keys() {
            StorageSettings.Texts texts = settings.texts();
            String recipients = texts.ageRecipients().isEmpty() ? "none" : String.join(",", texts.ageRecipients());
            return recipients + " " + texts.ageKeyFile().orElse("none") + " " + texts.sopsConfigFile().orElse("none");
        }
    }
}
