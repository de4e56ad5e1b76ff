package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.InjectMock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** An application's own tests can replace the storage. */
@QuarkusTest
class MockedStorageTest {

    @InjectMock
    TokenStorage storage;

    @TestHTTPResource("/")
    URI address;

    @Test
    void theMockAnswers() {
        when(storage.load("github")).thenReturn(Optional.of(AuthToken.builder("mocked").build()));

        assertThat(new ServiceClient(address).get("/github").body()).endsWith(Fingerprint.of("mocked"));
    }
}
