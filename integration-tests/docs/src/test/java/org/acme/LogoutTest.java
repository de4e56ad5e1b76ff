package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;

/** The example of the page about operation. */
@QuarkusTest
class LogoutTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1").build();

    @Inject
    TokenStorage tokens;

    @Inject
    Logout logout;

    @InjectMock
    RevocationEndpoint endpoint;

    @Test
    void theRefreshTokenIsRevokedAndTheTokenRemoved() {
        tokens.save("corporate", TOKEN);

        logout.logOut("corporate");

        verify(endpoint).revoke("refresh-1");
        assertThat(tokens.exists("corporate")).isFalse();
    }

    @Test
    void aTokenThatTheProviderKeepsStays() {
        tokens.save("corporate", TOKEN);
        doThrow(new IllegalStateException("no answer")).when(endpoint).revoke("refresh-1");

        assertThatThrownBy(() -> logout.logOut("corporate")).hasMessage("no answer");

        assertThat(tokens.load("corporate")).contains(TOKEN);
    }

    @AfterEach
    void removeToken() {
        tokens.delete("corporate");
    }
}
