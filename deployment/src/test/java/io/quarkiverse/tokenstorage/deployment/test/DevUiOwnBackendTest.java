package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.QuarkusDevModeTest;

/** The Dev UI of an application whose own backend has the name of a built-in one and needs a request context. */
public class DevUiOwnBackendTest {

    private static final int PORT = DevModePort.choose();

    @RegisterExtension
    static final QuarkusDevModeTest TEST = new QuarkusDevModeTest().withApplicationRoot(archive -> archive
            .addClasses(MapTokenStorage.class, RequestBoundStorage.class, RequestBoundStorage.Session.class)
            .addAsResource(new StringAsset("auth.token-storage=sops"), "application.properties"));

    @Test
    void showsItsTokensAndItsChangesAtOnce() throws Exception {
        try (DevUiClient client = DevUiClient.connect(PORT)) {
            assertThat(client.ask("importToken", "provider", "p", "response", "{\"access_token\": \"at-planted\"}")
                    .get("done").asBoolean()).isTrue();
            JsonNode list = client.ask("list", "known", -1);
            while (list.toString().contains("READING")) {
                list = client.ask("list", "known", -1);
            }
            assertThat(list.get("entries")).hasSize(1);
            assertThat(list.get("entries").get(0).get("state").asText()).isEqualTo("READABLE");
            assertThat(list.get("entries").get(0).has("encryption")).isFalse();
            assertThat(list.get("directories")).isEmpty();
            assertThat(client.ask("count").asInt()).isEqualTo(1);
            assertThat(client.ask("details", "provider", "p").get("parts")).hasSize(1);

            assertThat(client.ask("delete", "provider", "p", "seen",
                    list.get("entries").get(0).get("version").asText()).get("done").asBoolean()).isTrue();
            assertThat(client.ask("list", "known", -1).get("entries")).isEmpty();
            assertThat(client.ask("count").asInt()).isZero();
        }
    }
}
