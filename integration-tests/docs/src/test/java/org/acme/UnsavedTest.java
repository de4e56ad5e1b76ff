package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;

/** A storage that fails after the provider has answered. */
@QuarkusTest
class UnsavedTest {

    @InjectMock
    TokenStorage tokens;

    @Inject
    Corporate corporate;

    @Test
    void theNewTokenIsNotLost() {
        AuthToken fresh = AuthToken.builder("access-2").refreshToken("refresh-2").build();
        // tag::unsaved[]
        when(tokens.load("corporate")).thenReturn(Optional.empty());
        when(tokens.update(eq("corporate"), any())).thenThrow(new StorageAccessException("disk full").carrying(fresh));
        // end::unsaved[]

        TokenStorageException failure = catchThrowableOfType(TokenStorageException.class, corporate::accessToken);

        assertThat(failure.unsavedToken()).contains(fresh);
        assertThat(failure).hasMessage("disk full (the new token was not stored)");
    }
}
