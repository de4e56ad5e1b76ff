package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

/** The token endpoint of the examples sends what RFC 6749 asks for. */
class TokenEndpointTest {

    private final List<String> forms = new ArrayList<>();
    private final TokenEndpoint endpoint = new TokenEndpoint();
    private HttpServer provider;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/token", exchange -> {
            forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"access_token\": \"access-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.start();
        endpoint.address = URI.create("http://localhost:" + provider.getAddress().getPort() + "/token");
        endpoint.clientId = "acme";
        endpoint.clientSecret = "a&b";
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void sendsTheFormsOfBothGrants() {
        assertThat(endpoint.logIn()).asString(StandardCharsets.UTF_8).isEqualTo("{\"access_token\": \"access-1\"}");
        endpoint.refresh("r+1");

        assertThat(forms).containsExactly("grant_type=client_credentials&client_id=acme&client_secret=a%26b",
                "grant_type=refresh_token&refresh_token=r%2B1&client_id=acme&client_secret=a%26b");
    }

    @Test
    void aRefusalIsAnExceptionWithoutTheAnswer() {
        status = 400;
        assertThatThrownBy(endpoint::logIn).hasMessage("The provider refused the request: status 400");
    }

    @Test
    void soIsAProviderThatIsNotThere() {
        provider.stop(0);
        assertThatThrownBy(endpoint::logIn).hasMessage("The provider does not answer: ConnectException");
    }
}
