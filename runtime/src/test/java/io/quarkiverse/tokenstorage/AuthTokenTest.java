package io.quarkiverse.tokenstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthTokenTest {

    private static final Instant NOON = Instant.parse("2026-01-03T12:00:00Z");

    @Test
    void expiresAtTheMomentItself() {
        AuthToken token = AuthToken.builder("a").expiresAt(NOON).build();

        assertThat(token.isExpired(NOON.minusSeconds(1))).isFalse();
        assertThat(token.isExpired(NOON)).isTrue();
        assertThat(token.shouldRefresh(NOON.minusSeconds(60), Duration.ofSeconds(59))).isFalse();
        assertThat(token.shouldRefresh(NOON.minusSeconds(60), Duration.ofSeconds(60))).isTrue();
        assertThat(token.shouldRefresh(NOON, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))).isTrue();
        assertThat(token.shouldRefresh(Instant.MIN, Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(token.shouldRefresh(NOON, Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
        assertThat(token.shouldRefresh(Instant.MAX, Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
    }

    @Test
    void neverExpiresWithoutAMoment() {
        AuthToken token = AuthToken.builder("a").build();

        assertThat(token.isExpired(Instant.MAX)).isFalse();
        assertThat(token.shouldRefresh(NOON, Duration.ofDays(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1969-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z" })
    void refusesMomentsThatCannotBeStored(Instant moment) {
        assertThatThrownBy(() -> AuthToken.builder("a").expiresAt(moment).build())
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("expires_at is not between");
        assertThatThrownBy(() -> AuthToken.builder("a").issuedAt(moment).build())
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("issued_at is not between");
    }

    @Test
    void showsNoSecretAsText() {
        AuthToken token = AuthToken.builder("planted-access").refreshToken("planted-refresh").idToken("planted-id")
                .scope(List.of("openid")).metadata(Map.of("device_secret", "planted-metadata")).build();

        assertThat(token.toString()).doesNotContain("planted").contains("Bearer", "refreshable", "ID token", "openid");
        assertThat(AuthToken.builder("planted-access").toString()).doesNotContain("planted");
    }

    @Test
    void refusesAnEmptyAccessToken() {
        assertThatThrownBy(() -> AuthToken.builder("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AuthToken.builder(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isACopyThatNobodyCanChange() {
        List<Object> list = new ArrayList<>(List.of("x"));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("list", list);
        metadata.put("nothing", null);
        AuthToken token = AuthToken.builder("a").metadata(metadata).build();

        list.add("y");
        metadata.put("later", 1);

        assertThat(token.metadata()).containsExactly(Map.entry("list", List.of("x")), entryOfNull("nothing"));
        assertThatThrownBy(() -> token.metadata().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) token.metadata().get("list")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map.Entry<String, Object> entryOfNull(String name) {
        return new java.util.AbstractMap.SimpleEntry<>(name, null);
    }

    @Test
    void keepsEveryNumberInOneForm() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("int", 7);
        numbers.put("whole", 7.0);
        numbers.put("negativeZero", -0.0);
        numbers.put("fraction", 0.1f);
        numbers.put("decimal", new BigDecimal("1.50"));
        numbers.put("largest", BigInteger.valueOf(Long.MAX_VALUE));
        numbers.put("smallest", Long.MIN_VALUE);
        numbers.put("wide", new BigDecimal("1e20"));
        numbers.put("hard", new BigDecimal("2e23"));
        AuthToken token = AuthToken.builder("a").metadata(numbers).build();

        assertThat(token.metadata().values()).containsExactly(7L, 7L, 0L, 0.1, 1.5, Long.MAX_VALUE, Long.MIN_VALUE, 1e20, 2e23);
    }

    @ParameterizedTest
    @ValueSource(strings = { "9223372036854775808", "-9223372036854775809", "0.12345678901234567890", "1e400", "1e-400",
            "9007199254740993.5", "1e999999999", "0.30000000000000001" })
    void refusesNumbersThatWouldChange(String literal) {
        Map<String, Object> metadata = Map.of("n", new BigDecimal(literal));

        assertThatThrownBy(() -> AuthToken.builder("a").metadata(metadata)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'n'").hasMessageNotContaining(literal);
    }

    @Test
    void refusesValuesWithoutAJsonForm() {
        Map<String, Object> bottomless = new LinkedHashMap<>();
        bottomless.put("again", bottomless);

        for (Object value : Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, NOON, new Object[0], bottomless)) {
            assertThatThrownBy(() -> AuthToken.builder("a").metadata(Map.of("m", value)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> AuthToken.builder("a").metadata(Map.of("refresh_token", "x")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("refresh_token");
    }

    @Test
    void copiesAllValues() {
        AuthToken token = AuthToken.builder("a").tokenType("DPoP").expiresAt(NOON).refreshToken("r").scope(List.of("s"))
                .idToken("i").issuedAt(NOON).metadata(Map.of("m", 1)).build();

        assertThat(token.toBuilder().build()).isEqualTo(token).hasSameHashCodeAs(token);
        assertThat(token.toBuilder().refreshToken("r2").build()).isNotEqualTo(token);
    }

    @Test
    void aFailureCarriesTheTokenButNeverShowsOrSerializesIt() throws IOException, ClassNotFoundException {
        AuthToken token = AuthToken.builder("planted").build();
        TokenStorageException failure = new StorageAccessException("Disk full").carrying(token);

        assertThat(failure.unsavedToken()).contains(token);
        assertThat(failure).hasMessageContaining("Disk full").hasMessageContaining("was not stored");
        assertThat(failure.toString()).doesNotContain("planted");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((TokenStorageException) in.readObject()).unsavedToken()).isEmpty();
        }
    }

    @Test
    void textThatUtf8CannotHoldIsRefusedAndNotQuoted() {
        String half = "tail\uD83D";
        assertThatThrownBy(() -> AuthToken.builder(half).build()).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("access_token holds half of a surrogate pair, which cannot be stored: it was cut off inside a"
                        + " character");
        assertThatThrownBy(() -> AuthToken.builder("a").refreshToken("\uDE00tail").build())
                .hasMessageStartingWith("refresh_token holds half").hasMessageNotContaining("tail");
        assertThatThrownBy(() -> AuthToken.builder("a").scope(List.of("openid", half)).build())
                .hasMessageStartingWith("scope holds half");
        assertThatThrownBy(() -> AuthToken.builder("a").metadata(Map.of("deep", List.of(half))).build())
                .hasMessageStartingWith("Metadata member 'deep' holds half").hasMessageNotContaining("tail");
        assertThatThrownBy(() -> AuthToken.builder("a").metadata(Map.of(half, "x")).build())
                .hasMessageStartingWith("The name of a metadata member holds half");
        assertThat(AuthToken.builder("whole \uD83D\uDE00").build().accessToken()).isEqualTo("whole \uD83D\uDE00");
    }
}
