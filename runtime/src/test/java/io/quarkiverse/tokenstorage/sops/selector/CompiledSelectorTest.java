package io.quarkiverse.tokenstorage.sops.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledSelectorTest {

    private static boolean selects(Selector.Kind kind, String pattern, String... path) {
        try {
            return CompiledSelector.compile(new Selector(kind, pattern)).selects(List.of(path));
        } catch (InvalidSelectorException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "UNENCRYPTED_SUFFIX, _unencrypted, a, b, true",
            "UNENCRYPTED_SUFFIX, _unencrypted, a, b_unencrypted, false",
            "UNENCRYPTED_SUFFIX, _unencrypted, a_unencrypted, b, false",
            "UNENCRYPTED_SUFFIX, _unencrypted, _unencrypted, b, false",
            "UNENCRYPTED_SUFFIX, _unencrypted, a_Unencrypted, b, true",
            "UNENCRYPTED_SUFFIX, _unencrypted, a_unencrypted_, b, true",
            "ENCRYPTED_SUFFIX, _enc, a_enc, b, true",
            "ENCRYPTED_SUFFIX, _enc, a, b, false",
            "ENCRYPTED_REGEX, ^(data|stringData)$, data, b, true",
            "ENCRYPTED_REGEX, ^(data|stringData)$, a, b, false",
            "ENCRYPTED_REGEX, at, data, b, true",
            "ENCRYPTED_REGEX, (?i)A, a, b, true",
            "ENCRYPTED_REGEX, '(?P<x>q)', a, bqb, true",
            "ENCRYPTED_REGEX, '', a, b, true",
            "UNENCRYPTED_REGEX, ^a, ab, b, false",
            "UNENCRYPTED_REGEX, ^a, ba, b, true",
            "ENCRYPTED_COMMENT_REGEX, a, a, b, false",
            "UNENCRYPTED_COMMENT_REGEX, a, a, b, true" })
    void decidesAsSopsDoes(Selector.Kind kind, String pattern, String outer, String inner, boolean selected) {
        assertThat(selects(kind, pattern, outer, inner)).isEqualTo(selected);
    }

    @Test
    void takesTheDollarForTheEndOfTheNameOnly() {
        assertThat(selects(Selector.Kind.ENCRYPTED_REGEX, "^a$", "a\n")).isFalse();
        assertThat(selects(Selector.Kind.ENCRYPTED_REGEX, "^a$", "a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "(", "a**", "(?=a)", "\\1", "[z-a]", "a{1001}", "(((((x{40}){40}){40}){40}){40})",
            "((x{100}){11})", "(([[:alpha:]{5]){50}){50}", "((\\Q(\\E{50}){50})" })
    void refusesWhatRe2Refuses(String pattern) {
        for (Selector.Kind kind : List.of(Selector.Kind.ENCRYPTED_REGEX, Selector.Kind.UNENCRYPTED_REGEX,
                Selector.Kind.ENCRYPTED_COMMENT_REGEX, Selector.Kind.UNENCRYPTED_COMMENT_REGEX)) {
            assertThatThrownBy(() -> CompiledSelector.compile(new Selector(kind, pattern)))
                    .isInstanceOf(InvalidSelectorException.class).hasMessageContaining(kind.fieldName());
        }
    }

    @Test
    void boundsHostilePatterns() {
        for (String pattern : List.of("(".repeat(2048) + ")".repeat(2048), "(?:".repeat(1000) + "x" + ")*".repeat(500),
                "x{1000}".repeat(585), "a".repeat(100_000), "{".repeat(4096), "[".repeat(4096), "\\".repeat(4095),
                ")".repeat(4096))) {
            try {
                CompiledSelector.compile(new Selector(Selector.Kind.ENCRYPTED_REGEX, pattern)).selects(List.of("xx"));
            } catch (InvalidSelectorException e) {
                assertThat(e.getMessage().length()).isLessThan(600);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "abc, 1", "a{3}, 3", "'a{2,7}', 7", "'a{4,}', 4", "(a{10}){10}, 100", "(a{10}b{3}){10}c{20}, 100",
            "a{10}b{10}c{10}, 10", "'[a{9}]', 1", "'[]{9}]{2}', 2", "'[^]{9}]{2}', 2", "'[[:word:]{9}]{2}', 2", "\\{9}, 1",
            "\\Qa{9}\\E{2}, 2", "a{x}, 1", "a{9, 1", "((a{2})*){3}, 6", "(a{2}|b{5}){3}, 15" })
    void countsNestedRepetitions(String pattern, long count) {
        assertThat(RepeatCount.of(pattern)).isEqualTo(count);
    }
}
