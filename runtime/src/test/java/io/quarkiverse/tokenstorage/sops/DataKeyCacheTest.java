package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.MutableClock;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

class DataKeyCacheTest {

    private static final Map<KeyKind, Object> STATE = Map.of(KeyKind.AGE, "the private keys");
    private static final Map<KeyKind, Object> OTHER = Map.of(KeyKind.AGE, "others");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-03T15:30:00Z"));
    private final DataKeyCache cache = new DataKeyCache(2, Duration.ofMinutes(5), clock);

    private static List<KeyGroup> entries(String... encs) {
        return List.of(new KeyGroup(List.of(encs).stream()
                .map(enc -> new KeyEntry(KeyKind.AGE, "age1", enc, JsonObject.builder().add("enc", enc).build())).toList()));
    }

    private static DataKey key(int fill) {
        byte[] bytes = new byte[DataKey.LENGTH];
        bytes[0] = (byte) fill;
        return DataKey.owning(bytes);
    }

    private void put(List<KeyGroup> keyGroups, DataKey key, Map<KeyKind, Object> identityStates) {
        cache.place(keyGroups, 2, identityStates).put(key);
    }

    private Optional<DataKey> get(List<KeyGroup> keyGroups, Map<KeyKind, Object> identityStates) {
        return cache.place(keyGroups, 2, identityStates).get();
    }

    @Test
    void findsAKeyByItsEntriesAndHowManyAreNeededOnly() {
        put(entries("a", "b"), key(1), STATE);
        assertThat(get(entries("a", "b"), STATE))
                .hasValueSatisfying(key -> assertThat(key.bytes()[0]).isEqualTo((byte) 1));
        assertThat(cache.place(entries("a", "b"), 1, STATE).get()).isEmpty();
        assertThat(get(entries("ab"), STATE)).isEmpty();
        assertThat(get(entries("b", "a"), STATE)).isEmpty();
        assertThat(get(entries("a"), STATE)).isEmpty();
    }

    @Test
    void everyFieldAndGroupCounts() {
        KeyEntry entry = entry("arn", "a", "context", "c");
        List<KeyGroup> groups = List.of(new KeyGroup(List.of(entry)), new KeyGroup(List.of(entry("arn", "b"))));
        put(groups, key(1), STATE);
        assertThat(get(List.of(new KeyGroup(List.of(entry("context", "c", "arn", "a"))), groups.get(1)), STATE))
                .as("in another order").isPresent();
        assertThat(get(List.of(new KeyGroup(List.of(entry("arn", "a", "context", "d"))), groups.get(1)), STATE))
                .isEmpty();
        assertThat(get(List.of(new KeyGroup(List.of(entry("arn", "a"))), groups.get(1)), STATE)).isEmpty();
        assertThat(get(List.of(groups.get(1), groups.get(0)), STATE)).isEmpty();
        assertThat(get(List.of(groups.get(0)), STATE)).isEmpty();
        assertThat(get(List.of(new KeyGroup(List.of(entry, entry("arn", "b")))), STATE)).isEmpty();
    }

    private static KeyEntry entry(String... namesAndValues) {
        JsonObject.Builder fields = JsonObject.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new KeyEntry(KeyKind.KMS, "arn", "enc", fields.build());
    }

    @Test
    void forgetsWhenThePrivateKeysChange() {
        put(entries("a"), key(1), STATE);
        assertThat(get(entries("a"), Map.of(KeyKind.AGE, new String("the private keys")))).isPresent();
        assertThat(get(entries("a"), OTHER)).isEmpty();
        assertThat(get(entries("a"), STATE)).isEmpty();
        put(entries("a"), key(1), STATE);
        put(entries("b"), key(2), OTHER);
        assertThat(get(entries("a"), OTHER)).isEmpty();
        assertThat(get(entries("b"), OTHER)).isPresent();
        assertThat(get(entries("b"), Map.of(KeyKind.PGP, "p"))).as("another kind, seen first").isPresent();
        assertThat(get(entries("b"), Map.of(KeyKind.AGE, "others", KeyKind.PGP, "q"))).isEmpty();
    }

    @Test
    void keepsNothingForNoTime() {
        try (DataKeyCache none = new DataKeyCache(5, Duration.ZERO, Clock.systemUTC())) {
            none.place(entries("a"), 0, STATE).put(key(1));
            assertThat(none.place(entries("a"), 0, STATE).get()).isEmpty();
            assertThat(none.isOff()).isTrue();
            assertThat(cache.isOff()).isFalse();
        }
    }

    @Test
    void givesAndKeepsCopies() {
        DataKey key = key(1);
        put(entries("a"), key, STATE);
        key.close();
        get(entries("a"), STATE).orElseThrow().close();
        assertThat(get(entries("a"), STATE).orElseThrow().bytes()[0]).isEqualTo((byte) 1);
    }

    @Test
    void forgetsTheLeastRecentlyUsed() {
        put(entries("a"), key(1), STATE);
        put(entries("b"), key(2), STATE);
        assertThat(get(entries("a"), STATE)).isPresent();
        put(entries("c"), key(3), STATE);
        assertThat(get(entries("b"), STATE)).isEmpty();
        assertThat(get(entries("a"), STATE)).isPresent();
        assertThat(get(entries("c"), STATE)).isPresent();
    }

    @Test
    void forgetsInTime() {
        put(entries("a"), key(1), STATE);
        clock.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(get(entries("a"), STATE)).isPresent();
        clock.advance(Duration.ofNanos(1));
        assertThat(get(entries("a"), STATE)).isEmpty();
    }

    @Test
    void forgetsWhenToldAndKeepsNothingOnceClosed() {
        put(entries("a"), key(1), STATE);
        cache.clear();
        assertThat(get(entries("a"), STATE)).isEmpty();
        put(entries("a"), key(1), STATE);
        assertThat(get(entries("a"), STATE)).isPresent();
        cache.close();
        put(entries("a"), key(1), STATE);
        assertThat(get(entries("a"), STATE)).isEmpty();
    }

    @Test
    void keepsNothingWhenOff() {
        try (DataKeyCache off = DataKeyCache.off(); DataKey key = DataKey.random(new SecureRandom())) {
            off.place(entries("a"), 0, STATE).put(key);
            assertThat(off.place(entries("a"), 0, STATE).get()).isEmpty();
        }
    }
}
