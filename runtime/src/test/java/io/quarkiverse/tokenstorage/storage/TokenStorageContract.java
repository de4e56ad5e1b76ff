package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.InvalidProviderNameException;
import io.quarkiverse.tokenstorage.TokenStorage;

/** What every backend does alike. */
abstract class TokenStorageContract {

    static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1").idToken("id-1")
            .expiresAt(Instant.parse("2026-01-03T15:30:00Z")).issuedAt(Instant.parse("2026-01-03T14:30:00Z"))
            .scope(List.of("openid", "profile")).metadata(Map.of("session_state", "s", "not-before-policy", 0, "ratio", 0.5))
            .build();

    abstract TokenStorage storage();

    private static AuthToken token(String accessToken) {
        return AuthToken.builder(accessToken).build();
    }

    @Test
    void answersEmptyWhereThereIsNothing() {
        assertThat(storage().load("github")).isEmpty();
        assertThat(storage().exists("github")).isFalse();
        assertThat(storage().delete("github")).isFalse();
        assertThat(storage().providers()).isEmpty();
    }

    @Test
    void keepsATokenWhole() {
        storage().save("github", TOKEN);

        assertThat(storage().load("github")).contains(TOKEN);
        assertThat(storage().exists("github")).isTrue();
    }

    @Test
    void keepsATokenOfOneValueOnly() {
        storage().save("github", token("a"));

        assertThat(storage().load("github")).contains(token("a"));
    }

    @Test
    void keepsTheFirstAndTheLastMoment() {
        AuthToken token = AuthToken.builder("a").issuedAt(Instant.EPOCH).expiresAt(Instant.parse("9999-12-31T23:59:59.9Z"))
                .build();

        storage().save("github", token);

        assertThat(storage().load("github")).contains(token);
    }

    @Test
    void changesALargeToken() {
        storage().save("github", token("a".repeat(2_500_000)));
        storage().update("github", current -> current.map(old -> token("b".repeat(2_500_000))));
        storage().save("github", token("c"));

        assertThat(storage().load("github")).contains(token("c"));
    }

    @Test
    void anInterruptedThreadStillKeepsItsToken() {
        Thread.currentThread().interrupt();
        try {
            storage().save("github", token("a"));
            storage().update("github", current -> current.map(old -> token(old.accessToken() + "b")));
            assertThat(storage().load("github")).contains(token("ab"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void keepsOddText() {
        AuthToken odd = AuthToken.builder("ü\u0000\u2028<&>\"\\\ud83d\ude00ENC[x]").scope(List.of("", " ", "a:b"))
                .metadata(Map.of("a:b.c", Map.of("", List.of("\n", Map.of())), "suffix_unencrypted_not", "x")).build();

        storage().save("odd", odd);

        assertThat(storage().load("odd")).contains(odd);
    }

    @Test
    void replacesAndRemoves() {
        storage().save("github", token("a"));
        storage().save("github", token("b"));

        assertThat(storage().load("github")).contains(token("b"));
        assertThat(storage().delete("github")).isTrue();
        assertThat(storage().load("github")).isEmpty();
        assertThat(storage().delete("github")).isFalse();
    }

    @Test
    void listsProvidersSorted() {
        for (String provider : List.of("zeta", "alpha", "m.token", "b-2_x")) {
            storage().save(provider, token(provider));
        }

        assertThat(storage().providers()).containsExactly("alpha", "b-2_x", "m.token", "zeta");
        assertThat(storage().load("m.token")).contains(token("m.token"));
        assertThat(storage().exists("m")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", "../x", "a/b", "a\\b", ".hidden", "-x", "a b", "ä", "a\u0000", "a\n", "con:",
            "x*" })
    void refusesOtherNames(String provider) {
        assertThatThrownBy(() -> storage().save(provider, TOKEN)).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> storage().load(provider)).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> storage().delete(provider)).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> storage().exists(provider)).isInstanceOf(InvalidProviderNameException.class);
        assertThatThrownBy(() -> storage().update(provider, current -> current))
                .isInstanceOf(InvalidProviderNameException.class);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(storage().exists("a".repeat(128))).isFalse();
        assertThatThrownBy(() -> storage().exists("a".repeat(129))).isInstanceOf(InvalidProviderNameException.class);
    }

    @Test
    void updateStoresWhatTheFunctionReturns() {
        Optional<AuthToken> made = storage().update("github", current -> {
            assertThat(current).isEmpty();
            return Optional.of(token("a"));
        });
        Optional<AuthToken> changed = storage().update("github", current -> current.map(old -> token(old.accessToken() + "b")));

        assertThat(made).contains(token("a"));
        assertThat(changed).contains(token("ab"));
        assertThat(storage().load("github")).contains(token("ab"));
    }

    @Test
    void updateToEmptyDeletes() {
        storage().save("github", TOKEN);

        assertThat(storage().update("github", current -> Optional.empty())).isEmpty();
        assertThat(storage().exists("github")).isFalse();
        assertThat(storage().update("github", current -> Optional.empty())).isEmpty();
    }

    @Test
    void aFailingUpdateChangesNothing() {
        storage().save("github", TOKEN);
        IllegalArgumentException failure = new IllegalArgumentException("refused by the provider");

        assertThatThrownBy(() -> storage().update("github", current -> {
            throw failure;
        })).isSameAs(failure);
        assertThatThrownBy(() -> storage().update("github", current -> null)).isInstanceOf(NullPointerException.class);
        assertThat(storage().load("github")).contains(TOKEN);
        storage().save("github", token("unlocked"));
    }

    @Test
    void updateRefusesNestedWritesButAllowsReading() {
        storage().save("github", TOKEN);
        storage().save("other", TOKEN);

        storage().update("github", current -> {
            assertThat(storage().load("github")).isEqualTo(current);
            assertThat(storage().load("other")).contains(TOKEN);
            assertThat(storage().providers()).contains("github");
            for (String provider : List.of("github", "other")) {
                assertThatThrownBy(() -> storage().save(provider, TOKEN)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> storage().delete(provider)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> storage().update(provider, t -> t)).isInstanceOf(IllegalStateException.class);
            }
            return current;
        });
        storage().save("github", token("after"));
    }

    @Test
    void concurrentUpdatesLoseNothing() throws InterruptedException {
        int threads = 8;
        int rounds = 10;
        storage().save("counter", token("0"));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        AtomicInteger failures = new AtomicInteger();
        for (int thread = 0; thread < threads; thread++) {
            executor.execute(() -> {
                try {
                    for (int round = 0; round < rounds; round++) {
                        storage().update("counter", current -> current
                                .map(old -> token(String.valueOf(Integer.parseInt(old.accessToken()) + 1))));
                    }
                } catch (RuntimeException e) {
                    failures.incrementAndGet();
                } finally {
                    done.countDown();
                }
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        executor.shutdown();

        assertThat(failures).hasValue(0);
        assertThat(storage().load("counter")).contains(token(String.valueOf(threads * rounds)));
    }
}
