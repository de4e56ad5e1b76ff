package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.sops.OwnAccess.Certainty;

class OwnAccessTest {

    private final OwnedKeyService age = new OwnedKeyService(KeyKind.AGE, "a", "b");
    /** Nobody knows which of these are own keys. */
    private final OwnedKeyService kms = new OwnedKeyService(KeyKind.KMS);

    /** Groups are separated by semicolons; keys that begin with k are of the kind that is not known. */
    private CreationRule rule(int threshold, String groups) {
        List<List<MasterKey>> keys = new ArrayList<>();
        for (String group : groups.split(";")) {
            keys.add(
                    List.of(group.strip().split(" ")).stream().map(name -> name.startsWith("k") ? kms.key(name) : age.key(name))
                            .toList());
        }
        return new CreationRule("rule", keys, threshold, Optional.empty(), false, -1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "0 | a       | OPENS   | 1 | ''",
            "9 | x a     | OPENS   | 1 | ''",
            "0 | x k     | UNKNOWN | 1 | ''",
            "0 | k a     | OPENS   | 1 | ''",
            "0 | x y     | CLOSED  | 1 | ''",
            "0 | a;b     | OPENS   | 2 | ''",
            "0 | a;x     | CLOSED  | 2 | 'group 2: x'",
            "2 | a;x y;b | OPENS   | 2 | 'group 2: x, y'",
            "2 | a;x;k   | UNKNOWN | 2 | 'group 2: x'",
            "2 | x;y;k   | CLOSED  | 2 | 'group 1: x; group 2: y'",
            "3 | a;k;k   | UNKNOWN | 3 | ''",
            "0 | a;k;x   | CLOSED  | 3 | 'group 3: x'" })
    void tellsWhetherEnoughGroupsOpen(int threshold, String groups, Certainty verdict, int needed, String closed) {
        try (InProcessEngine engine = new InProcessEngine(List.of(age), Clock.systemUTC(), new SecureRandom(),
                DataKeyCache.off())) {
            OwnAccess access = OwnAccess.of(rule(threshold, groups), engine);
            assertThat(access.verdict()).isEqualTo(verdict);
            assertThat(access.needed()).isEqualTo(needed);
            assertThat(access.closedGroups()).isEqualTo(closed);
        }
    }
}
