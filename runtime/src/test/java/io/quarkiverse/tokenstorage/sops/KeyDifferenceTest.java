package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

class KeyDifferenceTest {

    private final FixedKeyService age = new FixedKeyService(KeyKind.AGE);

    private KeyDifference difference(int threshold, String before, String after) {
        List<KeyGroup> groups = groups(before).map(names -> new KeyGroup(names.stream()
                .map(name -> new KeyEntry(KeyKind.AGE, name, "enc", JsonObject.builder().build())).toList())).toList();
        SopsMetadata metadata = new SopsMetadata(groups, threshold, "2026-01-03T15:30:00Z", "", false, Selector.DEFAULT,
                "3.13.2");
        List<List<MasterKey>> keys = groups(after).map(names -> names.stream().map(age::masterKey).toList()).toList();
        // The threshold of the rule must not matter
        return KeyDifference.onUpdate(metadata, new CreationRule("rule", keys, 9, Optional.empty(), false, -1));
    }

    /** Groups are separated by semicolons, keys by blanks. */
    private static Stream<List<String>> groups(String text) {
        return Arrays.stream(text.split(";")).map(group -> List.of(group.strip().split(" +")));
    }

    @Test
    void tellsWhatIsAddedAndRemovedInEachGroup() {
        KeyDifference difference = difference(2, "a b; c", "b a; d; e");

        assertThat(difference.groups()).containsExactly(
                new KeyDifference.Group(List.of("b", "a"), List.of(), List.of()),
                new KeyDifference.Group(List.of(), List.of("d"), List.of("c")),
                new KeyDifference.Group(List.of(), List.of("e"), List.of()));
        assertThat(difference.newThreshold()).isEqualTo(2);
        assertThat(difference.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "0, a b, b a, true", "0, a b, a, false", "0, a, a b, false", "0, a a, a, true", "2, a; b, a; b, true",
            "2, a; b, b; a, false", "2, a; b, a b, false", "0, a; b, a; b, true", "1, a, a, true", "3, a, a, false" })
    void theOrderOfKeysMakesNoDifferenceThatOfGroupsDoes(int threshold, String before, String after, boolean same) {
        assertThat(difference(threshold, before, after).isEmpty()).isEqualTo(same);
    }

    @Test
    void aThresholdThatIsLeftOverIsNoOtherKey() {
        assertThat(difference(3, "a", "a").sameKeys()).isTrue();
        assertThat(difference(3, "a", "a b").sameKeys()).isFalse();
        assertThat(difference(2, "a; b", "a").sameKeys()).isFalse();
        assertThat(difference(2, "a; b", "a; b").sameKeys()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "0, a, b, 0", "2, a; b; c, a; b, 2", "3, a; b; c, a; b, 2", "2, a; b, a; b; c, 2", "2, a; b, a, 1",
            "3, a, a, 1", "0, a, a; b, 2", "0, a; b, a; b, 0", "1, a, a; b; c, 3", "1, a; b, a; b, 1" })
    void theThresholdIsThatOfTheFileUnlessThereAreFewerGroups(int threshold, String before, String after, int expected) {
        assertThat(difference(threshold, before, after).newThreshold()).isEqualTo(expected);
    }
}
