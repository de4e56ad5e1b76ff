package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Split data keys: written as by sops, opened with enough groups, asked for once. */
class KeyGroupsTest extends KeyGroupsTestCase {

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

    /** Of one group and of several, of all kinds: only the first reading of a file asks for keys. */
    @Test
    void asksOnceForWhatItRemembers() {
        age.own("one", "two", "three");
        pgp.own("AA");
        InProcessEngine caching = new InProcessEngine(List.of(age, pgp), Clock.systemUTC(), random,
                new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, DataKeyCache.DEFAULT_LIFETIME, Clock.systemUTC()));
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
