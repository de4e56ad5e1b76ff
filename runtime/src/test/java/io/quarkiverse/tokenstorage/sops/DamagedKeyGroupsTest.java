package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;

/** Blocks of key groups that are not as they were written: opened while that is safe, else named as damaged. */
class DamagedKeyGroupsTest extends KeyGroupsTestCase {

    @Test
    void aThresholdThatWasLoweredOrRemovedChangesNothingWhileAllGroupsOpen() {
        String file = threeGroups(3);
        age.own("one", "two", "three");
        for (String line : List.of("\"shamir_threshold\": 2,", "\"shamir_threshold\": 1,", "\"shamir_threshold\": 0,",
                "\"shamir_threshold\": null,", "")) {
            assertThat(decrypt(replace(file, "\"shamir_threshold\": 3,", line))).isEqualTo(TOKEN);
        }
        age.own("one", "three");
        assertThatThrownBy(() -> decrypt(replace(file, "\"shamir_threshold\": 3,", "")))
                .isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage("f: the keys at hand open 2 of its 3 key groups, and more are needed, though it does not say how"
                        + " many. group 2: age two: not mine");
        assertThatThrownBy(() -> decrypt(replace(file, "\"shamir_threshold\": 3,", "\"shamir_threshold\": 2,")))
                .isInstanceOf(DamagedDocumentException.class).hasMessageStartingWith("f is damaged: the shares of 2 key groups"
                        + " make no key that opens its message authentication code. group 2: age two: not mine");
        age.own("one");
        assertThatThrownBy(() -> decrypt(replace(file, "\"shamir_threshold\": 3,", "")))
                .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("open 1 of its 3 key groups, and 2 are");
    }

    @Test
    void aMissingThresholdIsNoHindranceIfEnoughGroupsOpen() {
        String file = replace(threeGroups(2), "\"shamir_threshold\": 2,", "");
        age.own("two", "three");
        assertThat(decrypt(file)).isEqualTo(TOKEN);
        assertThat(age.asked).containsExactly("one", "two", "three");
    }

    @Test
    void absurdThresholdsAreDamage() {
        String file = threeGroups(3);
        age.own("one", "two", "three");
        for (String threshold : List.of("4", "256", "2147483647")) {
            assertThatThrownBy(() -> decrypt(replace(file, "threshold\": 3", "threshold\": " + threshold)))
                    .isInstanceOf(DamagedDocumentException.class)
                    .hasMessage("f: sops.shamir_threshold asks for " + threshold + " key groups, but there are only 3");
        }
        for (String threshold : List.of("-1", "1e99", "99999999999999999999", "\"two\"", "2.5", "[]", "\"٣\"x")) {
            assertThatThrownBy(() -> decrypt(replace(file, "threshold\": 3", "threshold\": " + threshold)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageNotContaining("\n");
        }
        assertThat(age.asked).isEmpty();
        String one = encrypted(300, age.keys("one"));
        assertThat(one).contains("\"shamir_threshold\": 300");
        assertThat(decrypt(one)).as("it means nothing with one group").isEqualTo(TOKEN);
    }

    @Test
    void sharesThatAreNotIntactAreDamage() {
        String file = threeGroups(2);
        age.own("one", "two", "three");
        String other = share(threeGroups(2), 0);
        assertThatThrownBy(() -> decrypt(replace(file, share(file, 0), other))).isInstanceOf(DamagedDocumentException.class)
                .hasMessage(
                        "f is damaged: the shares of 3 key groups make no key that opens its message authentication code");
        age.own("one", "two");
        Map.of(share(file, 0).substring(0, 72), "group 1: its share has 32 bytes instead of 33", "wrapped:",
                "group 1: its share has 0 bytes instead of 33", share(file, 0).substring(0, 72) + "00",
                "group 1: its share is marked as none", "cut", "group 1: age one: cut off").forEach((share, reason) -> {
                    String changed = replace(file, share(file, 0), share);
                    assertThatThrownBy(() -> decrypt(changed)).isInstanceOf(DamagedDocumentException.class)
                            .hasMessageStartingWith("f is damaged: intact shares of its data key are in only 1 of its 3 key"
                                    + " groups, and 2 are needed. ")
                            .hasMessageContaining(reason).hasMessageContaining("group 3: age three: not mine");
                });
        assertThatThrownBy(() -> decrypt(replace(file, share(file, 1), share(file, 0))))
                .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("group 2: its share is that of group 1");
    }

    @Test
    void oneShareThatIsNotIntactDoesNoHarmIfThereAreOthers() {
        String file = threeGroups(2);
        age.own("one", "two", "three");
        for (String share : List.of("cut", "wrapped:", share(file, 1), share(file, 0).substring(0, 72) + "00")) {
            assertThat(decrypt(replace(file, share(file, 0), share))).isEqualTo(TOKEN);
        }
    }

    @Test
    void damageThatIsNotTheTroubleIsNotCalledSo() {
        String file = replace(threeGroups(3), "wrapped:", "cut:");
        age.own("one");
        assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageStartingWith(
                        "f: the keys at hand open 0 of its 3 key groups, and 3 are needed. group 1: age one: cut");
    }

    /** Whoever only mistyped a passphrase is not told to restore the file from a copy. */
    @Test
    void damageOfOtherEntriesIsNotTheAnswerWhileOursIsIntact() {
        String file = encrypted(0, age.keys("a", "b", "c", "d", "e", "f", "mine"));
        age.own("a", "b", "c", "d", "e", "f", "mine");
        age.locked.add("mine");
        age.damaged.addAll(List.of("a", "b", "c", "d", "e", "f"));
        assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageStartingWith("f: no key at hand opens it. age mine: wrong passphrase; age a: cut off; ");
        age.own("a", "mine");
        assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class);
        age.own("a");
        assertThatThrownBy(() -> decrypt(file)).as("ours is damaged").isInstanceOf(DamagedDocumentException.class)
                .hasMessageStartingWith("f is damaged: its data key cannot be unwrapped. age a: cut off; age mine: wrong");
        age.unknown = true;
        assertThatThrownBy(() -> decrypt(file)).as("mine may be ours").isInstanceOf(DataKeyUnavailableException.class);
        age.locked.clear();
        age.damaged.add("mine");
        assertThatThrownBy(() -> decrypt(file)).as("all are damaged").isInstanceOf(DamagedDocumentException.class);
        age.unknown = false;
        age.own("other");
        age.damaged.remove("mine");
        assertThatThrownBy(() -> decrypt(file)).as("no entry is ours").isInstanceOf(DamagedDocumentException.class);
    }

    @Test
    void groupsAreDamagedOnlyIfOursAre() {
        String file = encrypted(2, age.keys("one", "x"), age.keys("two", "y"));
        age.own("one", "two");
        age.damaged.addAll(List.of("x", "y"));
        age.locked.addAll(List.of("one", "two"));
        assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("group 1: age one: wrong passphrase; age x: cut off; group 2: age two: wrong passphrase");
        age.damaged.addAll(List.of("one", "two"));
        assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DamagedDocumentException.class);
    }

    @Test
    void boundsHostileBlocks() {
        String file = threeGroups(2);
        age.own("one", "two", "three");
        String start = "\"key_groups\": [";
        for (String group : List.of("{},", "{\"age\": [{\"recipient\": \"x\", \"enc\": \"\"}]},")) {
            assertThatThrownBy(() -> decrypt(replace(file, start, start + group.repeat(100_000))))
                    .isInstanceOf(DamagedDocumentException.class)
                    .hasMessage("f: sops.key_groups: the document has more than 255 key groups");
        }
        String entries = "{\"age\": [" + "{\"recipient\": \"x\", \"enc\": \"\"},".repeat(99)
                + "{\"recipient\": \"x\", \"enc\": \"\"}]},";
        assertThatThrownBy(() -> decrypt(replace(file, start, start + entries.repeat(3))))
                .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("more than 256 key entries");
        assertThatThrownBy(() -> decrypt(replace(file, share(file, 1), "é".repeat(65_537))))
                .isInstanceOf(DamagedDocumentException.class)
                .hasMessage("f: sops.key_groups[1].age[0].enc is longer than 65536 characters");
        assertThat(age.asked).isEmpty();
        String long1 = "{\"age\": [{\"recipient\": \"\\u202e\\né" + "x".repeat(9000) + "\", \"enc\": \"ü\"}]},";
        age.own();
        assertThatThrownBy(() -> decrypt(replace(file, start, start + long1.repeat(200))))
                .isInstanceOf(DataKeyUnavailableException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(10_000).doesNotContain("\n", "\u202e"));
    }
}
