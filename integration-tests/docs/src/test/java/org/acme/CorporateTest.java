package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;

/** The example of the page about testing, with real encrypted files. */
// tag::all[]
@QuarkusTest
class CorporateTest {

    @Inject
    TokenStorage tokens;

    @Inject
    Corporate corporate;

    @InjectMock
    TokenEndpoint endpoint;

    @Test
    void aFreshTokenIsUsedAsItIs() {
        store("access-1", 3600);

        assertThat(corporate.accessToken()).isEqualTo("access-1");
        verifyNoInteractions(endpoint);
    }

    @Test
    void anExpiredTokenIsRefreshedOnce() throws Exception {
        store("access-1", -1);
        when(endpoint.refresh("refresh-1")).thenReturn(response("access-2", 3600));

        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<String>> answers = Stream.generate(() -> threads.submit(corporate::accessToken)).limit(8).toList();

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("access-2");
        }
        verify(endpoint).refresh("refresh-1");
        assertThat(tokens.load("corporate").orElseThrow().refreshToken()).contains("refresh-1");
        threads.shutdown();
    }

    @Test
    void withoutARefreshTokenItLogsInAgain() {
        when(endpoint.logIn()).thenReturn(response("access-1", 0), response("access-2", 3600));

        corporate.logIn();

        assertThat(corporate.accessToken()).isEqualTo("access-2");
        verify(endpoint, times(2)).logIn();
    }

    private static byte[] response(String accessToken, long expiresIn) {
        return """
                {"access_token": "%s", "token_type": "Bearer", "expires_in": %d}
                """.formatted(accessToken, expiresIn).getBytes(StandardCharsets.UTF_8);
    }

    private void store(String accessToken, long secondsLeft) {
        tokens.save("corporate", AuthToken.builder(accessToken).refreshToken("refresh-1")
                .expiresAt(Instant.now().plusSeconds(secondsLeft)).build());
    }

    @AfterEach
    void logOut() {
        tokens.delete("corporate");
    }
}
// end::all[]
