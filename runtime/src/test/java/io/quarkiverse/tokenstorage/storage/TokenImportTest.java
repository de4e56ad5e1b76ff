package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.LogCapture;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

class TokenImportTest {

    private static final Instant NOW = Instant.parse("2026-01-03T14:00:00Z");

    private static AuthToken read(String json) {
        return new TokenImport(Clock.fixed(NOW, ZoneOffset.UTC)).read(json.getBytes(StandardCharsets.UTF_8), "response.json");
    }

    @Test
    void refusesALifetimeBeyondAllCalendars() {
        byte[] response = "{\"access_token\":\"a\",\"issued_at\":\"9999-12-01T00:00:00Z\",\"expires_in\":9999999}"
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> new TokenImport(Clock.systemUTC()).read(response, "stdin"))
                .isInstanceOf(DamagedDocumentException.class).hasMessageStartingWith("stdin: expires_at is not between");
    }

    @Test
    void readsATokenResponse() {
        AuthToken token = read("""
                {"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600,
                 "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","scope":"openid  profile","id_token":"e.y.J",
                 "example_parameter":"example_value","not-before-policy":0,"nested":{"a":[1,2.5,null,true,{"b":"c"}]}}""");

        assertThat(token.accessToken()).isEqualTo("2YotnFZFEjr1zCsicMWpAA");
        assertThat(token.tokenType()).isEqualTo("example");
        assertThat(token.expiresAt()).contains(NOW.plusSeconds(3600));
        assertThat(token.issuedAt()).contains(NOW);
        assertThat(token.refreshToken()).contains("tGzv3JOkF0XG5Qx2TlKWIA");
        assertThat(token.scope()).containsExactly("openid", "profile");
        assertThat(token.idToken()).contains("e.y.J");
        assertThat(token.metadata()).isEqualTo(Map.of("example_parameter", "example_value", "not-before-policy", 0L,
                "nested", Map.of("a", Arrays.asList(1L, 2.5, null, true, Map.of("b", "c")))));
    }

    @Test
    void readsTheStoredForm() {
        AuthToken token = AuthToken.builder("a").tokenType("bearer").expiresAt(NOW).refreshToken("r")
                .scope(List.of("x y", "z")).idToken("i").issuedAt(NOW.minusSeconds(5)).metadata(Map.of("m", 1)).build();
        String stored = new String(JsonWriter.write(TokenJson.write(token), JsonWriter.TAB), StandardCharsets.UTF_8);

        assertThat(read(stored)).isEqualTo(token);
    }

    @ParameterizedTest
    @CsvSource({ "'\"3600\"', 2026-01-03T15:00:00Z", "3600.9, 2026-01-03T15:00:00Z", "0, 2026-01-03T14:00:00Z", "null, " })
    void takesLifetimesAsProvidersSendThem(String literal, Instant expiry) {
        assertThat(read("{\"access_token\":\"a\",\"expires_in\":" + literal + "}").expiresAt().orElse(null)).isEqualTo(expiry);
    }

    @Test
    void prefersAnExplicitMomentOverALifetime() {
        AuthToken token = read("{\"access_token\":\"a\",\"expires_in\":60,\"expires_at\":1767454200}");

        assertThat(token.expiresAt()).contains(Instant.ofEpochSecond(1767454200));
    }

    @ParameterizedTest
    @CsvSource({ "'\"1278448384422\"', 2010-07-06T20:33:04Z", "1278448384422, 2010-07-06T20:33:04Z",
            "'\"1767454200\"', 2026-01-03T15:30:00Z", "'\"2026-01-03T15:30:00Z\"', 2026-01-03T15:30:00Z" })
    void takesMomentsAsProvidersSendThem(String literal, Instant moment) {
        AuthToken token = read("{\"access_token\":\"a\",\"issued_at\":" + literal + ",\"expires_in\":\"1799\"}");

        assertThat(token.issuedAt()).contains(moment);
        assertThat(token.expiresAt()).contains(moment.plusSeconds(1799));
        assertThat(read("{\"access_token\":\"a\",\"expires_at\":" + literal + "}").expiresAt()).contains(moment);
        assertThat(read("{\"access_token\":\"a\",\"expires_at\":" + literal + ",\"metadata\":{}}").expiresAt())
                .contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"yesterday, planted\"", "\"\"", "true", "[\"planted\"]", "-5", "\"12784483844220000\"" })
    void leavesOutAMomentOfIssueThatNobodyUnderstands(String literal) {
        try (LogCapture log = new LogCapture(TokenImport.class)) {
            AuthToken token = read("{\"access_token\":\"a\",\"issued_at\":" + literal + ",\"expires_in\":60}");

            assertThat(token.issuedAt()).contains(NOW);
            assertThat(token.expiresAt()).contains(NOW.plusSeconds(60));
            assertThat(token.metadata()).isEmpty();
            assertThat(log.warnings()).containsExactly("response.json: the member 'issued_at' is no moment that is understood;"
                    + " the token counts as issued now");
        }
        assertThatThrownBy(() -> read("{\"access_token\":\"a\",\"metadata\":{},\"issued_at\":" + literal + "}"))
                .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("'issued_at' is neither");
    }

    @Test
    void keepsAMemberNamedMetadata() {
        assertThat(read("{\"access_token\":\"a\",\"expires_in\":1,\"metadata\":{\"x\":1}}").metadata())
                .isEqualTo(Map.of("metadata", Map.of("x", 1L)));
        assertThat(read("{\"access_token\":\"a\",\"metadata\":\"text\"}").metadata()).isEqualTo(Map.of("metadata", "text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "planted", "[\"planted\"]", "\"planted\"", "{\"access_token\":\"planted", "{\"access_token\":planted}",
            "{\"access_token\":\"planted\"} planted", "{\"access_token\":\"planted\",}", "{'access_token':'planted'}",
            "{\"access_token\":\"planted\",\"access_token\":\"planted\"}", "{\"refresh_token\":\"planted\"}",
            "{\"access_token\":\"\",\"refresh_token\":\"planted\"}", "{\"access_token\":[\"planted\"]}",
            "{\"access_token\":null,\"error\":\"planted\"}", "{\"error\":\"invalid_grant\",\"error_description\":\"planted\"}",
            "{\"access_token\":\"planted\",\"expires_in\":-1}", "{\"access_token\":\"planted\",\"expires_in\":\"planted\"}",
            "{\"access_token\":\"planted\",\"expires_in\":1e30}", "{\"access_token\":\"planted\",\"expires_in\":true}",
            "{\"access_token\":\"planted\",\"expires_at\":\"planted\"}",
            "{\"access_token\":\"planted\",\"scope\":{\"planted\":1}}",
            "{\"access_token\":\"planted\",\"scope\":[\"planted\",1]}", "{\"access_token\":\"planted\",\"token_type\":1}",
            "{\"access_token\":\"planted\",\"n\":18446744073709551615}", "{\"access_token\":\"planted\",\"n\":1e400}",
            "{\"access_token\":\"planted\",\"n\":0.12345678901234567890}",
            "{\"access_token\":\"planted\",\"o\":{\"a\":1,\"a\":2}}",
            "{\"access_token\":\"planted\",\"sops\":{\"mac\":\"planted\"}}" })
    void refusesOtherInputWithoutQuotingIt(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(DamagedDocumentException.class).hasNoCause()
                .hasMessageContaining("response.json").hasMessageNotContaining("planted");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] latin1 = "{\"access_token\":\"a\",\"name\":\"J\u00f6rg\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> new TokenImport(Clock.systemUTC()).read(latin1, "response.json"))
                .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("response.json is not UTF-8");
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"access_token\":\"a\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> read(deep)).isInstanceOf(DamagedDocumentException.class);
    }
}
