package io.quarkiverse.tokenstorage.interop.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkiverse.tokenstorage.storage.UnverifiedToken;

/** The encrypted file that the documentation shows: the tokens encrypted; type, expiry and scope in clear. */
class EncryptedFileExampleTest {

    @TempDir
    Path directory;

    @Test
    void oneRuleMakesTheFileOfTheDocumentation() throws IOException {
        Sandbox box = Sandbox.in(directory);
        box.rules("creation_rules:\n  - age: " + box.identity().recipient()
                + "\n    unencrypted_regex: '^(token_type|expires_at|issued_at|scope)$'\nstores:\n  json:\n    indent: 4\n");
        Path file = box.work().resolve("tokens/provider.token.sops.json");
        AuthToken token = AuthToken.builder("access-secret").tokenType("bearer")
                .expiresAt(Instant.parse("2026-01-03T15:30:00Z")).refreshToken("refresh-secret")
                .scope(List.of("openid", "profile", "email")).metadata(Map.of("session_state", "session-secret")).build();
        try (SopsTokenStorage storage = TokenStorages.sops(file.getParent(),
                StorageOptions.defaults().withEnvironment(box.environment())
                        .withClock(Clock.fixed(Instant.parse("2026-01-03T14:00:00Z"), ZoneOffset.UTC)))) {
            storage.save("provider", token);
            String shown = Files.readString(file).replaceAll("data:[^,]*,iv:[^,]*,tag:[^,]*,", "data:...,iv:...,tag:...,")
                    .replaceAll("\"enc\": \"[^\"]*\"", "\"enc\": \"...\"").replace(box.identity().recipient(), "age1...");

            assertThat(shown).isEqualTo("""
                    {
                        "access_token": "ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]",
                        "token_type": "bearer",
                        "expires_at": "2026-01-03T15:30:00Z",
                        "refresh_token": "ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]",
                        "scope": [
                            "openid",
                            "profile",
                            "email"
                        ],
                        "id_token": null,
                        "issued_at": null,
                        "metadata": {
                            "session_state": "ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]"
                        },
                        "sops": {
                            "age": [
                                {
                                    "enc": "...",
                                    "recipient": "age1..."
                                }
                            ],
                            "lastmodified": "2026-01-03T14:00:00Z",
                            "mac": "ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]",
                            "unencrypted_regex": "^(token_type|expires_at|issued_at|scope)$",
                            "version": "3.13.2"
                        }
                    }
                    """);
            byte[] plain = box.sopsDecrypt(Files.readAllBytes(file));
            assertThat(Layout.of(Files.readAllBytes(file))).isEqualTo(Layout.of(box.sopsEncrypt(plain, file.toString())));
            assertThat(storage.load("provider")).contains(token);

            Files.delete(box.keyFile());
            UnverifiedToken unverified = storage.inspect("provider").orElseThrow();
            assertThat(unverified.tokenType()).contains("bearer");
            assertThat(unverified.expiresAt()).isEqualTo(token.expiresAt());
            assertThat(unverified.scope()).contains(token.scope());
            assertThat(unverified.refreshable()).isTrue();
            assertThat(unverified.encrypted()).isEmpty();
            assertThat(unverified.toString()).doesNotContain("secret", "ENC[");
        }
    }
}
