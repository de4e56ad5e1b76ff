package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccessTokensTest {

    @Inject
    AccessTokens tokens;

    @ConfigProperty(name = "auth.storage.sops.directory")
    Path directory;

    @Test
    void keepsTheTokenUntilItIsForgotten() {
        String token = tokens.current().accessToken();
        assertEquals(token, tokens.current().accessToken());

        assertTrue(tokens.forget());
        assertNotEquals(token, tokens.current().accessToken());
    }

    @Test
    void writesNoTokenInClear() throws IOException {
        String token = tokens.current().accessToken();

        String file = Files.readString(directory.resolve("acme.token.sops.json"));
        assertTrue(file.contains("\"access_token\": \"ENC[AES256_GCM,"), file);
        assertFalse(file.contains(token), file);
    }
}
