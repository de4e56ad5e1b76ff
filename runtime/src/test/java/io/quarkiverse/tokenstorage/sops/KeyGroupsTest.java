package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

class KeyGroupsTest {

    private static final JsonObject TOKEN = JsonObject.builder().add("access_token", "secret").build();
    private static final Pattern SHARE = Pattern.compile("wrapped:[0-9a-f]+");

    private final SecureRandom random = new SecureRandom();
    private final OwnedKeyService age = new OwnedKeyService(KeyKind.AGE);
    private final OwnedKeyService pgp = new OwnedKeyService(KeyKind.PGP);
    private final InProcessEngine engine = new InProcessEngine(List.of(age, pgp), Clock.systemUTC(), random,
            DataKeyCache.off());

    @SafeVarargs
    private static CreationRule rule(int threshold, List<MasterKey>... groups) {
        return new CreationRule("/home/me/.sops.yaml, rule 2", List.of(groups), threshold, Optional.empty(), false, 0);
    }

    @SafeVarargs
    private String encrypted(int threshold, List<MasterKey>... groups) {
        try (PreparedEncryption encryption = engine.prepare(rule(threshold, groups))) {
            return new String(encryption.encrypt(TOKEN), StandardCharsets.UTF_8);
        }
    }

    private String threeGroups(int threshold) {
        return encrypted(threshold, age.keys("one"), age.keys("two"), age.keys("three"));
    }

    private JsonObject decrypt(String file) {
        return engine.decrypt(file.getBytes(StandardCharsets.UTF_8), "f");
    }

    private static String replace(String file, String found, String replacement) {
        assertThat(file).contains(found);
        return file.replace(found, replacement);
    }

    private static String share(String file, int index) {
        return SHARE.matcher(file).results().map(MatchResult::group).toList().get(index);
    }

    @Test
    void writesTheBlockOfSops() {
        String file = encrypted(0, age.keys("one", "two"), pgp.keys("AA")).replaceAll("\"ENC\\[[^]]*]\"", "\"ENC\"")
                .replaceAll("wrapped:[0-9a-f]{64}(0[12])\"", "SHARE $1\"").replaceAll("\"lastmodified\": \".*\"", "T");
        assertThat(file).isEqualTo("""
                {
                "access_token": "ENC",
                "sops": {
                "key_groups": [
                {
                "age": [
                {
                "created_at": "2026-01-03T15:30:00Z",
                "enc": "SHARE 01",
                "recipient": "one"
                },
                {
                "created_at": "2026-01-03T15:30:00Z",
                "enc": "SHARE 01",
                "recipient": "two"
                }
                ],
                "hc_vault": []
                },
                {
                "age": [],
                "hc_vault": [],
                "pgp": [
                {
                "created_at": "2026-01-03T15:30:00Z",
                "enc": "SHARE 02",
                "fp": "AA"
                }
                ]
                }
                ],
                T,
                "mac": "ENC",
                "shamir_threshold": 2,
                "unencrypted_suffix": "_unencrypted",
                "version": "3.13.2"
                }
                }
                """);
    }

    @Test
    void opensWithEnoughGroupsWhicheverTheyAre() {
        String[] names = { "g0", "g1", "g2", "g3", "g4" };
        for (int threshold = 2; threshold <= 5; threshold++) {
            String file = encrypted(threshold, age.keys("g0", "x"), age.keys("g1"), age.keys("y", "g2"), age.keys("g3"),
                    age.keys("g4"));
            for (int chosen = 0; chosen < 32; chosen++) {
                int at = chosen;
                age.own(IntStream.range(0, 5).filter(i -> (at & 1 << i) != 0).mapToObj(i -> names[i]).toArray(String[]::new));
                if (age.owned.size() >= threshold) {
                    assertThat(decrypt(file)).isEqualTo(TOKEN);
                } else {
                    String counts = "f: the keys at hand open " + age.owned.size() + " of its 5 key groups, and " + threshold
                            + " are needed. group ";
                    assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class)
                            .hasMessageStartingWith(counts);
                }
            }
        }
    }

    @Test
    void saysOfEachGroupWhyItIsClosed() {
        String file = encrypted(3, age.keys("one"), age.keys("two", "too", "2"), pgp.keys("AA"));
        age.own("one");
        assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage("f: the keys at hand open 1 of its 3 key groups, and 3 are needed. group 2: age two: not mine;"
                        + " age too: not mine; and 1 more; group 3: pgp AA: not mine");
        InProcessEngine ageOnly = new InProcessEngine(List.of(age), Clock.systemUTC(), random, DataKeyCache.off());
        assertThatThrownBy(() -> ageOnly.decrypt(file.getBytes(StandardCharsets.UTF_8), "f"))
                .isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("group 3: pgp AA: this kind of key is not built in");
    }

    @Test
    void opensNoMoreGroupsThanAreNeededAndTheCheapOnesFirst() {
        String file = encrypted(2, pgp.keys("AA"), age.keys("one"), age.keys("two"), pgp.keys("BB"));
        age.own("one", "two");
        pgp.own("AA", "BB");
        assertThat(decrypt(file)).isEqualTo(TOKEN);
        assertThat(age.asked).containsExactly("one", "two");
        assertThat(pgp.asked).isEmpty();
        age.own("two");
        assertThat(decrypt(file)).isEqualTo(TOKEN);
        assertThat(age.asked).containsExactly("one", "two");
        assertThat(pgp.asked).containsExactly("AA");
    }

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
    void noKeysInAnyGroup() {
        String file = threeGroups(2);
        String start = file.substring(0, file.indexOf("\"key_groups\""));
        for (String groups : List.of("[{}]", "[{}, {\"age\": []}]", "[]", "null")) {
            assertThatThrownBy(
                    () -> decrypt(start + "\"key_groups\": " + groups + file.substring(file.indexOf("],\n\"lastm") + 1)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessage("f: sops names no keys");
        }
    }

    @Test
    void aGroupMayBeEmptyOrTheOnlyOne() {
        String file = threeGroups(2);
        age.own("one", "two", "three");
        String empty = replace(file, "\"key_groups\": [", "\"key_groups\": [{}, {\"age\": null}, ");
        assertThat(decrypt(empty)).isEqualTo(TOKEN);
        age.own("one");
        assertThatThrownBy(() -> decrypt(empty)).hasMessageContaining("group 1: it names no keys; group 2: it names no keys");
        String flat = encrypted(0, age.keys("one"));
        String list = flat.substring(flat.indexOf("\"age\": ["), flat.indexOf("],") + 1);
        assertThat(decrypt(replace(flat, list, "\"key_groups\": [{" + list + "}]"))).isEqualTo(TOKEN);
        assertThat(decrypt(replace(flat, list, "\"key_groups\": {" + list + "}"))).isEqualTo(TOKEN);
    }

    @Test
    void listsBesideGroupsHideThem() {
        String file = encrypted(0, age.keys("flat"));
        age.own("flat");
        String groups = replace(file, "\"age\": [", "\"shamir_threshold\": 9, \"key_groups\": [{}, 1, {}], \"age\": [");
        assertThat(decrypt(groups)).isEqualTo(TOKEN);
    }

    @Test
    void zeroesAllSharesAndKeys() {
        age.own("one", "two", "three");
        String file = threeGroups(2);
        decrypt(file);
        assertThatThrownBy(() -> decrypt(replace(file, share(file, 0), share(threeGroups(2), 0))));
        assertThat(age.seen).hasSize(2 * 3 + 2 + 3).allSatisfy(
                share -> assertThatThrownBy(share::bytes).isInstanceOf(IllegalStateException.class));
        MasterKey failing = age.key("three");
        MasterKey spoilt = new MasterKey() {
            @Override
            public KeyKind kind() {
                return KeyKind.AGE;
            }

            @Override
            public String identity() {
                return "spoilt";
            }

            @Override
            public KeyEntry wrap(DataKey dataKey) {
                failing.wrap(dataKey);
                throw new StorageNotConfiguredException("cannot");
            }
        };
        assertThatThrownBy(() -> encrypted(2, age.keys("one"), List.of(spoilt))).hasMessage("cannot");
        assertThat(age.seen).allSatisfy(share -> assertThatThrownBy(share::bytes).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void refusesRulesThatCannotBeFollowed() {
        List<MasterKey> group = age.keys("one");
        assertRefused(rule(1, group, group), "shamir_threshold is 1, but with several key groups at least 2 of them are needed:"
                + " write 2 or more, or merge them into one group");
        assertRefused(rule(3, group, group), "shamir_threshold is 3, but there are only 2 key groups: write at most 2");
        assertRefused(rule(0, group, List.of()), "key group 2 names no keys: add one, or remove the group");
        assertRefused(rule(-1, group, group), "shamir_threshold is -1, but with several key groups");
        List<List<MasterKey>> many = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            many.add(group);
        }
        assertRefused(new CreationRule("/home/me/.sops.yaml, rule 2", many, 0, Optional.empty(), false, 0),
                "it has 256 key groups, but a data key can be split into 255 shares at most: merge some of them");
        assertRefused(rule(0, IntStream.range(0, 257).mapToObj(i -> age.key("k" + i)).toList()),
                "it names 257 keys, and a document with more than 256 could not be read again: use fewer");
        assertThat(age.seen).isEmpty();
    }

    private void assertRefused(CreationRule rule, String reason) {
        assertThatThrownBy(() -> engine.prepare(rule)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("/home/me/.sops.yaml, rule 2: " + reason);
    }

    @Test
    void asManyGroupsAsThereCanBe() {
        List<List<MasterKey>> many = IntStream.range(0, 255).mapToObj(i -> age.keys("k" + i)).toList();
        try (PreparedEncryption encryption = engine
                .prepare(new CreationRule("test", many, 128, Optional.empty(), false, 0))) {
            String file = new String(encryption.encrypt(TOKEN), StandardCharsets.UTF_8);
            age.own(IntStream.range(0, 128).mapToObj(i -> "k" + 2 * i).toArray(String[]::new));
            assertThat(decrypt(file)).isEqualTo(TOKEN);
            assertThat(age.asked).hasSize(255);
            age.own("k3");
            assertThatThrownBy(() -> decrypt(file)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("open 1 of its 255 key groups, and 128 are needed")
                    .hasMessageEndingWith("; and 244 more groups");
        }
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

    /** Of one group and of several, of all kinds: only the first reading of a file asks for keys. */
    @Test
    void asksOnceForWhatItRemembers() {
        age.own("one", "two", "three");
        pgp.own("AA");
        InProcessEngine caching = new InProcessEngine(List.of(age, pgp), Clock.systemUTC(), random,
                DataKeyCache.withDefaults(Clock.systemUTC()));
        byte[] file = encrypted(2, age.keys("one"), pgp.keys("AA"), age.keys("other")).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            assertThat(caching.decrypt(file, "f")).isEqualTo(TOKEN);
        }
        assertThat(age.asked).containsExactly("one", "other");
        assertThat(pgp.asked).containsExactly("AA");
        byte[] changed = replace(new String(file, StandardCharsets.UTF_8), "\"shamir_threshold\": 2,", "")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(caching.decrypt(changed, "f")).as("other needs").isEqualTo(TOKEN);
        assertThat(age.asked).as("has to be opened anew").containsExactly("one", "other", "one", "other");
        byte[] tampered = new String(file, StandardCharsets.UTF_8).replaceFirst("data:.", "data:+")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> caching.decrypt(tampered, "f")).as("checked at every reading")
                .isInstanceOf(DamagedDocumentException.class);
        assertThat(age.asked).hasSize(4);

        age.own();
        pgp.state = "a key was removed";
        assertThatThrownBy(() -> caching.decrypt(file, "f")).isInstanceOf(DataKeyUnavailableException.class);
        assertThat(age.asked).containsExactly("one", "other");
    }

    @Test
    void asksEachTimeIfItMayNotRemember() {
        age.own("one", "two", "three");
        String file = threeGroups(2);
        for (int i = 0; i < 3; i++) {
            assertThat(decrypt(file)).isEqualTo(TOKEN);
        }
        assertThat(age.asked).hasSize(6);
        assertThat(age.stateAsked).isZero();
    }

    /** The first three of them suffice. */
    private static final List<String> IDENTITIES_OF_3_13 = List.of(
            "AGE-SECRET-KEY-1N0V089DX0QUHQNYMPFXHTKTYMSVS565X0FYHAEGYA6E84PADWLAQHPFG2K",
            "AGE-SECRET-KEY-1F0SF6CGJ457W2SWAM95DQDDJ0EKHPWUDRQDSDJ80DYA77AQ4EJCS5K55JM",
            "AGE-SECRET-KEY-17S4YW8FXY3TA625KN82SJSHMPPD0K7TSV2ZAR2DRPX22MX3QFAMS3VU4WW");
    /** Two of them suffice. It placed its shares at random and wrote null for empty lists. */
    private static final List<String> IDENTITIES_OF_3_9 = List.of(
            "AGE-SECRET-KEY-1VTZXTDYLJZNQNGLF6E224LRZ3FJ5LTKNV4L5TM6G3V3ZELD2HPPS8ZYJG3",
            "AGE-SECRET-KEY-1TM760V299TR8K3G0A0LDKRKYSRN45M8E26FRFVVYAMKGMH0GLLFQUGH4S6");

    @Test
    void opensFilesThatSopsWrote() throws IOException {
        assertThat(opened("groups.sops.json", IDENTITIES_OF_3_13).get("n")).contains(new JsonInteger(12));
        assertThatThrownBy(() -> opened("groups.sops.json", IDENTITIES_OF_3_13.subList(0, 2)))
                .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("open 2 of its 5 key groups");
        assertThat(opened("groups-3.9.4.sops.json", IDENTITIES_OF_3_9).get("n")).contains(new JsonFloat(12));
        assertThatThrownBy(() -> opened("groups-3.9.4.sops.json", IDENTITIES_OF_3_9.subList(0, 1)))
                .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("open 1 of its 3 key groups");
    }

    private JsonObject opened(String resource, List<String> identities) throws IOException {
        HostEnvironment environment = new HostEnvironment(
                Map.of("HOME", "/nonexistent", "SOPS_AGE_KEY", String.join("\n", identities)), Path.of("/"), "?",
                OperatingSystem.LINUX);
        AgeKeyService realAge = new AgeKeyService(environment, Optional.empty(), FastestX25519.detect(), random);
        try (InputStream file = KeyGroupsTest.class.getResourceAsStream(resource);
                InProcessEngine real = new InProcessEngine(List.of(realAge), Clock.systemUTC(), random, DataKeyCache.off())) {
            return real.decrypt(file.readAllBytes(), resource);
        }
    }
}
