package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

class DataKeyCacheTest {

    private Instant now = Instant.parse("2026-01-03T15:30:00Z");
    private final DataKeyCache cache = new DataKeyCache(2, Duration.ofMinutes(5), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static List<KeyGroup> entries(String... encs) {
        return List.of(new KeyGroup(List.of(encs).stream()
                .map(enc -> new KeyEntry(KeyKind.AGE, "age1", enc, JsonObject.builder().build())).toList()));
    }

    private static DataKey key(int fill) {
        byte[] bytes = new byte[DataKey.LENGTH];
        bytes[0] = (byte) fill;
        return DataKey.owning(bytes);
    }

    @Test
    void findsAKeyByItsEntriesOnly() {
        cache.put(entries("a", "b"), key(1));
        assertThat(cache.get(entries("a", "b"))).hasValueSatisfying(key -> assertThat(key.bytes()[0]).isEqualTo((byte) 1));
        assertThat(cache.get(entries("ab"))).isEmpty();
        assertThat(cache.get(entries("b", "a"))).isEmpty();
        assertThat(cache.get(entries("a"))).isEmpty();
    }

    @Test
    void givesAndKeepsCopies() {
        DataKey key = key(1);
        cache.put(entries("a"), key);
        key.close();
        cache.get(entries("a")).orElseThrow().close();
        assertThat(cache.get(entries("a")).orElseThrow().bytes()[0]).isEqualTo((byte) 1);
    }

    @Test
    void forgetsTheLeastRecentlyUsed() {
        cache.put(entries("a"), key(1));
        cache.put(entries("b"), key(2));
        assertThat(cache.get(entries("a"))).isPresent();
        cache.put(entries("c"), key(3));
        assertThat(cache.get(entries("b"))).isEmpty();
        assertThat(cache.get(entries("a"))).isPresent();
        assertThat(cache.get(entries("c"))).isPresent();
    }

    @Test
    void forgetsInTime() {
        cache.put(entries("a"), key(1));
        now = now.plus(Duration.ofMinutes(5)).minusNanos(1);
        assertThat(cache.get(entries("a"))).isPresent();
        now = now.plusNanos(1);
        assertThat(cache.get(entries("a"))).isEmpty();
    }

    @Test
    void forgetsWhenToldAndKeepsNothingOnceClosed() {
        cache.put(entries("a"), key(1));
        cache.clear();
        assertThat(cache.get(entries("a"))).isEmpty();
        cache.put(entries("a"), key(1));
        assertThat(cache.get(entries("a"))).isPresent();
        cache.close();
        cache.put(entries("a"), key(1));
        assertThat(cache.get(entries("a"))).isEmpty();
    }

    @Test
    void keepsNothingWhenOff() {
        try (DataKeyCache off = DataKeyCache.off(); DataKey key = DataKey.random(new SecureRandom())) {
            off.put(entries("a"), key);
            assertThat(off.get(entries("a"))).isEmpty();
        }
    }
}
