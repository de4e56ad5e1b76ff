package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** Documents whose data key is split over groups of made-up master keys. */
abstract class KeyGroupsTestCase {

    static final JsonObject TOKEN = JsonObject.builder().add("access_token", "secret").build();
    static final Pattern SHARE = Pattern.compile("wrapped:[0-9a-f]+");

    final SecureRandom random = new SecureRandom();
    final OwnedKeyService age = new OwnedKeyService(KeyKind.AGE);
    final OwnedKeyService pgp = new OwnedKeyService(KeyKind.PGP);
    final InProcessEngine engine = new InProcessEngine(List.of(age, pgp), Clock.systemUTC(), random,
            DataKeyCache.off());

    @SafeVarargs
    static CreationRule rule(int threshold, List<MasterKey>... groups) {
        return new CreationRule("/home/me/.sops.yaml, rule 2", List.of(groups), threshold, Optional.empty(), false, 0);
    }

    @SafeVarargs
    final String encrypted(int threshold, List<MasterKey>... groups) {
        try (PreparedEncryption encryption = engine.prepare(rule(threshold, groups))) {
            return new String(encryption.encrypt(TOKEN), StandardCharsets.UTF_8);
        }
    }

    String threeGroups(int threshold) {
        return encrypted(threshold, age.keys("one"), age.keys("two"), age.keys("three"));
    }

    JsonObject decrypt(String file) {
        return engine.decrypt(file.getBytes(StandardCharsets.UTF_8), "f");
    }

    static String replace(String file, String found, String replacement) {
        assertThat(file).contains(found);
        return file.replace(found, replacement);
    }

    static String share(String file, int index) {
        return SHARE.matcher(file).results().map(MatchResult::group).toList().get(index);
    }

    /** The first three of them suffice. */
    static final List<String> IDENTITIES_OF_3_13 = List.of(
            "AGE-SECRET-KEY-1N0V089DX0QUHQNYMPFXHTKTYMSVS565X0FYHAEGYA6E84PADWLAQHPFG2K",
            "AGE-SECRET-KEY-1F0SF6CGJ457W2SWAM95DQDDJ0EKHPWUDRQDSDJ80DYA77AQ4EJCS5K55JM",
            "AGE-SECRET-KEY-17S4YW8FXY3TA625KN82SJSHMPPD0K7TSV2ZAR2DRPX22MX3QFAMS3VU4WW");
    /** Two of them suffice. It placed its shares at random and wrote null for empty lists. */
    static final List<String> IDENTITIES_OF_3_9 = List.of(
            "AGE-SECRET-KEY-1VTZXTDYLJZNQNGLF6E224LRZ3FJ5LTKNV4L5TM6G3V3ZELD2HPPS8ZYJG3",
            "AGE-SECRET-KEY-1TM760V299TR8K3G0A0LDKRKYSRN45M8E26FRFVVYAMKGMH0GLLFQUGH4S6");
}
