package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

class KeyGroupOpenerTest {

    private long now = Long.MAX_VALUE - 5;
    private int asked;

    /** Each attempt takes as long; the entry whose identity is "own" opens. */
    private KeyGroupOpener opener(Duration attempt) {
        KeyService slow = new KeyService() {
            @Override
            public KeyKind kind() {
                return KeyKind.KMS;
            }

            @Override
            public MasterKey masterKey(JsonObject description, String where) {
                throw new UnsupportedOperationException();
            }

            @Override
            public DataKey unwrap(KeyEntry entry) {
                asked++;
                now += attempt.toNanos();
                if (entry.identity().equals("own")) {
                    return DataKey.owning(new byte[DataKey.LENGTH]);
                }
                throw new DataKeyUnavailableException("timed out");
            }

            @Override
            public Optional<Set<String>> ownMasterKeys() {
                return Optional.empty();
            }

            @Override
            public void close() {
                // Holds nothing
            }
        };
        return new KeyGroupOpener("f", Map.of(KeyKind.KMS, slow), DecryptionOrder.DEFAULT, () -> now);
    }

    private static KeyGroup group(int foreign, String... others) {
        List<KeyEntry> entries = new ArrayList<>();
        for (int i = 0; i < foreign; i++) {
            entries.add(new KeyEntry(KeyKind.KMS, "k" + i, "x", JsonObject.builder().build()));
        }
        for (String other : others) {
            entries.add(new KeyEntry(KeyKind.KMS, other, "x", JsonObject.builder().build()));
        }
        return new KeyGroup(entries);
    }

    @Test
    void givesUpWhenFailuresTakeTooLong() {
        KeyGroupOpener opener = opener(Duration.ofSeconds(10));
        assertThat(opener.open(group(4)).key()).isEmpty();
        assertThatThrownBy(() -> opener.open(group(200, "own"))).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage("f: gave up after 7 of its keys were tried in vain, which took more than 60 s together."
                        + " The last one: kms k2: timed out");
        assertThat(asked).isEqualTo(7);
    }

    @Test
    void successMayTakeItsTime() {
        KeyGroupOpener opener = opener(Duration.ofMinutes(5));
        for (int i = 0; i < 3; i++) {
            assertThat(opener.open(group(0, "own")).key()).isPresent();
        }
    }

    @Test
    void triesAllThatFailFast() {
        KeyGroupOpener opener = opener(Duration.ofMillis(200));
        assertThat(opener.open(group(255, "own")).key()).isPresent();
        assertThat(asked).isEqualTo(256);
    }
}
