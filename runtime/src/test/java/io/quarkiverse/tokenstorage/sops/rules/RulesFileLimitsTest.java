package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/** Rules files that anybody may have written take neither time nor memory. */
class RulesFileLimitsTest extends RulesFileSourceTestCase {

    @Test
    void boundsTheCostOfAllPatterns() throws IOException {
        String pattern = "a{900}".repeat(600);
        write("creation_rules:\n" + ("  - {path_regex: '" + pattern + "', age: a}\n").repeat(40));
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the path_regex of all rules are longer than 131072 characters");
    }

    @Test
    void boundsTheMergesOfOneMapping() throws IOException {
        StringBuilder bomb = new StringBuilder("m0: &m0 {a: b}\n");
        for (int i = 1; i <= 16; i++) {
            bomb.append("m%d: &m%d {<<: [*m%d, *m%d, *m%d]}\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        write(bomb + "creation_rules:\n  - <<: *m16\n    age: " + "x\n");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("too many or too deeply nested merge keys");
    }

    @Test
    void boundsSizesDepthsAndAliases() throws IOException {
        write("#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("it is larger than 1048576 bytes");
        write("creation_rules: " + "[".repeat(300_000));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("nested deeper than 100 levels");
        write("a: &a [x]\nb: [" + "*a,".repeat(10_001) + "]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("more than 10000 aliases");
        write("team: &team [x]\ndeep: " + "[".repeat(90) + "]".repeat(90) + "\ncreation_rules:\n"
                + "  - {path_regex: no, key_groups: [{age: *team}]}\n".repeat(3000) + "  - {key_groups: [{age: *team}]}\n");
        assertThat(source().match(target).number()).isEqualTo(3001);
        StringBuilder bomb = new StringBuilder("g0: &g0 {age: [x, y]}\n");
        for (int i = 1; i <= 16; i++) {
            bomb.append("g%d: &g%d {merge: [*g%d, *g%d, *g%d]}\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        write(bomb + "creation_rules: [{key_groups: [*g16]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("more than 1000 keys in one rule");
        write(bomb.toString().replace("age: [x, y]", "") + "creation_rules: [{key_groups: [*g16]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("merges of key groups");
        write("g: &g {merge: [*g], age: [x]}\ncreation_rules: [{key_groups: [*g]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class);
        write("creation_rules: &r\n  - &m\n    <<: *m\n    age: x\n");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class);
    }

    /** Names that are repeated are not counted by the parser if they are texts. */
    @Test
    @Timeout(20)
    void boundsWhatRepeatedTextsGrowTo() throws IOException {
        String commas = "x: &a \"" + ",".repeat(500_000) + "\"\n";
        String aliases = "*a,".repeat(100_000);
        for (String rule : List.of("age: [" + aliases + "]", "key_groups: [{age: [" + aliases + "]}]")) {
            write(commas + "creation_rules:\n- " + rule);
            assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("(line 1): more than 1000 keys in one rule");
        }
        write(commas + "creation_rules: [" + "{age: *a},".repeat(40_000) + "]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("rule 20 (line 1): the rules are too long with all that their aliases and merges repeat");
        write("x: &a \"" + ",".repeat(999) + "\"\ncreation_rules: [" + "{age: [*a]},".repeat(60_000) + "]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the rules are too long with all that their aliases and merges repeat");
    }

    /** Limits on merges of groups and on merges of mappings would multiply. */
    @Test
    @Timeout(20)
    void boundsMergesOfGroupsAndOfMappingsTogether() throws IOException {
        StringBuilder bomb = new StringBuilder("x0: &m0 {");
        for (int i = 0; i < 80_000; i++) {
            bomb.append("k").append(i).append(": 1,");
        }
        bomb.append("}\n");
        for (int i = 1; i < 4; i++) {
            bomb.append("x%d: &m%d {<<: [%s]}\n".formatted(i, i, ("*m" + (i - 1) + ",").repeat(9)));
        }
        bomb.append("y0: &g0 {<<: *m3}\n");
        for (int i = 1; i < 5; i++) {
            bomb.append("y%d: &g%d {merge: [%s]}\n".formatted(i, i, ("*g" + (i - 1) + ",").repeat(4)));
        }
        write(bomb + "creation_rules:\n- key_groups:\n  - {merge: [*g4]}\n");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the rules are too long with all that their aliases and merges repeat");
    }

    @Test
    void remembersThatAFileIsMalformedWhileItStaysAsItIs() throws IOException {
        RulesFileSource source = source();
        write("creation_rules: [{age: [a], age: [b]}]");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("the key 'age' is there twice: remove one");
        }
        write("creation_rules: [{age: [a]}]");
        assertThat(identities(source.ruleFor(target))).containsExactly("recipient=a");
    }

    @Test
    void manyRulesMayShareTheirKeys() throws IOException {
        String team = "x: &team [" + "age1%060d,".formatted(7).repeat(100) + "]\ncreation_rules:\n";
        write(team + "- {path_regex: no, age: *team}\n".repeat(50));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("none of its 50 rules");
        write("creation_rules:\n"
                + "- {path_regex: no, age: [a, b], shamir_threshold: 0, mac_only_encrypted: true}\n".repeat(5000)
                + "- {age: [c]}");
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=c");
    }
}
