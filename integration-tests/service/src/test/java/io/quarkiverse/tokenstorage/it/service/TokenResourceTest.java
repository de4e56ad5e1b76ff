package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class TokenResourceTest {

    private static final String RESPONSE = """
            {"access_token": "gho_secret", "token_type": "bearer", "refresh_token": "ghr_secret", "expires_in": 3600,
             "scope": "read:user repo"}""";

    @TestHTTPResource("/")
    URI address;

    private ServiceClient service;

    @BeforeEach
    void connect() {
        service = new ServiceClient(address);
        for (String provider : service.get("").body().split(" ")) {
            if (!provider.isEmpty()) {
                service.delete("/" + provider);
            }
        }
    }

    @Test
    void tokensAreKeptPerProvider() {
        assertThat(service.get("/github").statusCode()).isEqualTo(404);
        HttpResponse<String> saved = service.put("/github", RESPONSE);
        assertThat(saved.body())
                .matches("AuthToken\\[bearer, expires 20[0-9T:-]+Z, refreshable, scope \\[read:user, repo\\]\\] "
                        + Fingerprint.of("gho_secret"));
        assertThat(service.put("/scratch", RESPONSE).statusCode()).isEqualTo(200);

        assertThat(service.get("/github").body()).isEqualTo(saved.body());
        assertThat(service.get("").body()).isEqualTo("github scratch");
        assertThat(service.delete("/github").body()).isEqualTo("true");
        assertThat(service.delete("/github").body()).isEqualTo("false");
        assertThat(service.get("").body()).isEqualTo("scratch");
    }

    @Test
    void noneOfManyConcurrentRefreshesIsLost() {
        service.put("/github", RESPONSE);

        IntStream.range(0, 20).parallel().forEach(refresh -> service.post("/github/refresh"));

        assertThat(service.get("/github").body()).endsWith(Fingerprint.of("gho_secret" + "+".repeat(20)));
    }

    @Test
    void wrongInputIsAnsweredInOneLineWithoutTheToken() {
        HttpResponse<String> name = service.put("/..%2Fgithub", RESPONSE);
        assertThat(name.statusCode()).isEqualTo(400);
        assertThat(name.body()).startsWith("InvalidProviderNameException: ").hasLineCount(1);

        HttpResponse<String> json = service.put("/github", "{\"access_token\": \"gho_secret\" oops}");
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(json.body()).startsWith("The request").hasLineCount(1).doesNotContain("gho_secret").doesNotContain("oops");
        assertThat(service.get("/github").statusCode()).isEqualTo(404);
    }

    @Test
    void theStorageIsNotForTheEventLoop() {
        assertThat(service.get("/github/on-event-loop").statusCode()).isEqualTo(500);
    }
}
