package io.quarkiverse.tokenstorage.interop.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.RandomDocuments;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;

/** Data keys that are split over several groups: written and read as by sops, with whichever identities there are. */
class KeyGroupsTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\",\"n\":[1,2.5]}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    List<AgeIdentity> identities;

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
        identities = Stream.generate(AgeIdentity::generate).limit(5).toList();
    }

    private String recipient(int identity) {
        return identities.get(identity).recipient();
    }

    /** Each group in the syntax of a flow mapping, {@code $0} to {@code $4} for the recipients. */
    private void groups(String threshold, String... groups) {
        StringBuilder yaml = new StringBuilder("creation_rules:\n  - key_groups:\n");
        for (String group : groups) {
            yaml.append("      - {").append(group).append("}\n");
        }
        if (!threshold.isEmpty()) {
            yaml.append("    shamir_threshold: ").append(threshold).append('\n');
        }
        String text = yaml.toString();
        for (int i = 0; i < identities.size(); i++) {
            text = text.replace("$" + i, recipient(i));
        }
        box.rules(text);
    }

    /** Only these identities are at hand from now on. */
    private void hold(int chosen) {
        Sandbox.write(box.keyFile(), "# keys\n" + IntStream.range(0, identities.size()).filter(i -> (chosen & 1 << i) != 0)
                .mapToObj(i -> identities.get(i).secretKey() + "\n").collect(Collectors.joining()));
    }

    private byte[] ours(byte[] plain) {
        try (OurSops ours = OurSops.in(box)) {
            return ours.encrypt(plain, "file.json");
        }
    }

    /** Both open it, or both have too few keys. */
    private boolean opens(byte[] document) {
        ProgramRun theirs = box.sopsDecrypting(document);
        try (OurSops ours = OurSops.in(box)) {
            if (theirs.exit() == 0) {
                assertThat(ours.decrypt(document)).isEqualTo(theirs.stdout());
                return true;
            }
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class);
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({ "2,2", "2,3", "3,3", "3,5", "'',2", "'',3", "0,2", "0,5" })
    void withEachCombinationOfIdentities(String threshold, int count) {
        groups(threshold, IntStream.range(0, count).mapToObj(i -> "age: [$" + i + "]").toArray(String[]::new));
        hold(31);
        Exchange.bothWays(box, DOCUMENT, "file.json");
        byte[] theirs = box.sopsEncrypt(DOCUMENT, "file.json");
        byte[] ours = ours(DOCUMENT);
        int needed = threshold.isEmpty() || threshold.equals("0") ? count : Integer.parseInt(threshold);
        for (int chosen = 0; chosen < 1 << count; chosen++) {
            hold(chosen);
            boolean enough = Integer.bitCount(chosen) >= needed;
            assertThat(opens(ours)).as("ours with %d of %d", chosen, count).isEqualTo(enough);
            // A process of sops for each takes its time; the files have the same layout
            if (count < 5 || chosen % 3 == 0) {
                assertThat(opens(theirs)).as("theirs with %d of %d", chosen, count).isEqualTo(enough);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "age: [$0, $1]|age: [$1, $2]",
            "age: ['$0,$1']|age: [$2]",
            "merge: [{age: [$0]}, {age: [$1, $0]}], age: [$2, $0]|age: [$3]",
            "merge: [{merge: [{age: [$3]}, {merge: [{age: [$4]}], age: [$3]}], age: [$2]}], age: [$1]|age: [$0]",
            "merge: [{age: [$0]}]|merge: [{age: [$0]}]|age: [$0]",
            "age: [$0]" })
    void mergedAndRepeatedKeys(String groups) {
        groups("", groups.split("\\|"));
        hold(31);
        Exchange.bothWays(box, DOCUMENT, "file.json");
        for (int identity = 0; identity < 5; identity++) {
            hold(1 << identity | 1);
            opens(box.sopsEncrypt(DOCUMENT, "file.json"));
            opens(ours(DOCUMENT));
        }
    }

    @Test
    void theThresholdOfOneGroupIsWrittenAndMeansNothing() {
        for (String threshold : List.of("1", "2", "7", "300")) {
            groups(threshold, "age: [$0, $1]");
            hold(2);
            Exchange.bothWays(box, DOCUMENT, "file.json");
            box.ruleFor(recipient(1), "shamir_threshold: " + threshold);
            Exchange.bothWays(box, DOCUMENT, "file.json");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "1|age: [$0];age: [$1]", "3|age: [$0];age: [$1]", "0|age: [$0];age: []",
            "2|age: [$0];pgp: []", "256|age: [$0];age: [$1]" })
    void faultyGroupsAreRefusedByBoth(String threshold, String groups) {
        groups(threshold, groups.split(";"));
        assertThat(box.sops(box.work(), DOCUMENT, "encrypt", "--filename-override", "file.json").exit()).isNotZero();
        assertThatThrownBy(() -> ours(DOCUMENT)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml, rule 1").hasMessageNotContaining("\n");
    }

    @Test
    void aFileWithoutThreshold() {
        groups("2", "age: [$0]", "age: [$1]", "age: [$2]");
        byte[] document = without("shamir_threshold", ours(DOCUMENT));
        for (int chosen = 0; chosen < 8; chosen++) {
            hold(chosen);
            assertThat(opens(document)).isEqualTo(Integer.bitCount(chosen) >= 2);
        }
    }

    @Test
    void aThresholdThatWasChangedInTheFile() {
        groups("3", "age: [$0]", "age: [$1]", "age: [$2]");
        String document = new String(ours(DOCUMENT), StandardCharsets.UTF_8);
        hold(7);
        for (String lowered : List.of("2", "1", "0", "null", "\"2\"")) {
            assertThat(opens(document.replace("threshold\": 3", "threshold\": " + lowered).getBytes(StandardCharsets.UTF_8)))
                    .as(lowered).isTrue();
        }
        byte[] raised = document.replace("threshold\": 3", "threshold\": 4").getBytes(StandardCharsets.UTF_8);
        assertThat(box.sopsDecrypting(raised).exit()).isEqualTo(128);
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(raised)).isInstanceOf(TokenStorageException.class)
                    .hasMessageContaining("asks for 4 key groups, but there are only 3");
        }
    }

    /** Groups of other kinds, and of several kinds in one; keys of gpg instead of files are no reason to differ. */
    @Test
    void groupsOfDifferentKinds() {
        try (GpgHome gpg = new GpgHome()) {
            String key = gpg.generate("plain", "");
            box.set("GNUPGHOME", gpg.directory().toString());
            groups("2", "pgp: [" + key + "]", "age: [$0]", "pgp: [" + key + "], age: [$1]");
            for (int chosen = 0; chosen < 4; chosen++) {
                hold(chosen);
                Exchange.bothWays(box, DOCUMENT, "file.json");
            }
            byte[] document = ours(DOCUMENT);
            byte[] theirs = box.sopsEncrypt(DOCUMENT, "file.json");
            box.set("GNUPGHOME", box.home().resolve("none").toString());
            for (int chosen = 0; chosen < 4; chosen++) {
                hold(chosen);
                assertThat(opens(document)).isEqualTo(chosen == 3);
                assertThat(opens(theirs)).isEqualTo(chosen == 3);
            }
        }
    }

    private static byte[] without(String member, byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        assertThat(text).contains(member);
        return text.replaceFirst("\t\t\"" + member + "\".*\n", "").getBytes(StandardCharsets.UTF_8);
    }

    /** What sops makes of our files when it changes their groups. */
    @Test
    void sopsAddsAndRemovesGroups() {
        groups("", "age: [$0]", "age: [$1]");
        hold(3);
        Path file = Sandbox.write(box.work().resolve("file.json"), ours(DOCUMENT));
        box.sops("groups", "add", "--file", "file.json", "--age", recipient(2), "--shamir-secret-sharing-threshold", "2", "-i")
                .output();
        hold(4 | 1);
        assertThat(opens(read(file))).isTrue();
        box.sops("groups", "delete", "--file", "file.json", "--shamir-secret-sharing-threshold", "2", "-i", "0").output();
        assertThat(opens(read(file))).isFalse();
        hold(4 | 2);
        assertThat(opens(read(file))).isTrue();
        box.sops("rotate", "-i", "file.json").output();
        assertThat(opens(read(file))).isTrue();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "age", "pgp", "pgp,age", "kms", "unknown", "age, pgp", ",x" })
    void anyOrderOfDecryptionOpensIt(String order) {
        box.set("SOPS_DECRYPTION_ORDER", order);
        groups("", "age: [$0]", "age: [$1]");
        hold(3);
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @ParameterizedTest
    @ValueSource(strings = { "age,age", "x,pgp,x", "," })
    void anOrderWithANameTwiceIsRefused(String order) {
        box.ruleFor(box.identity().recipient());
        byte[] document = ours(DOCUMENT);
        box.set("SOPS_DECRYPTION_ORDER", order);
        assertThat(box.sopsDecrypting(document).exit()).isEqualTo(112);
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageStartingWith("SOPS_DECRYPTION_ORDER names '");
        }
    }

    @Test
    void randomDocumentsUnderRandomGroups() {
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        int rounds = Math.max(1, Integer.getInteger("tokenstorage.test.rounds", 20) / 2);
        System.out.println("Random groups: -Dtokenstorage.test.seed=" + seed + " (" + rounds + " files)");
        Random random = new Random(seed);
        RandomDocuments documents = new RandomDocuments(seed);
        for (int round = 0; round < rounds; round++) {
            int count = 1 + random.nextInt(6);
            String[] groups = IntStream.range(0, count).mapToObj(i -> "age: [" + random.ints(1 + random.nextInt(3), 0, 5)
                    .mapToObj(key -> "$" + key).collect(Collectors.joining(", ")) + "]").toArray(String[]::new);
            String threshold = random.nextBoolean() ? "" : count == 1 ? "1" : Integer.toString(2 + random.nextInt(count - 1));
            groups(threshold, groups);
            byte[] plain = documents.batch(5);
            try {
                hold(31);
                Exchange.bothWays(box, plain, "file.json");
                byte[] document = random.nextBoolean() ? ours(plain) : box.sopsEncrypt(plain, "file.json");
                for (int i = 0; i < 3; i++) {
                    hold(random.nextInt(32));
                    opens(document);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Round " + round + " of -Dtokenstorage.test.seed=" + seed + " with "
                        + threshold + " of " + String.join("; ", groups), e);
            }
        }
    }
}
