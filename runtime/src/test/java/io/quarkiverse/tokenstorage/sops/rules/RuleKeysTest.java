package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KmsKey;

/** What is written for a key names that key when it is read, in a file and in a line that a person copied. */
class RuleKeysTest {

    private static final String ARN = "arn:aws:kms:eu-west-1:123456789012:key/7aa61044-b2b9-4dc9-a1ce-e03906de3619";
    private static final String ROLE = "arn:aws:iam::123456789012:role/tokens";

    @TempDir
    Path home;

    private KeyDescription read(String rules) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"), rules);
        HostEnvironment environment = new HostEnvironment(Map.of("HOME", home.toString()), home, "?", OperatingSystem.LINUX);
        List<List<KeyDescription>> groups = new RulesFileSource(environment, Optional.empty(), List.of())
                .match(home.resolve("tokens/p.token.sops.json")).keyGroups();
        assertThat(groups).hasSize(1);
        assertThat(groups.get(0)).hasSize(1);
        return groups.get(0).get(0);
    }

    private KeyDescription written(RuleKeys keys) throws IOException {
        KeyDescription file = read(RulesFileTemplate.content(home.resolve("tokens"), home.resolve(".sops.yaml"), keys));
        assertThat(read("creation_rules: [{path_regex: tokens, " + keys.inline() + "}]")).isEqualTo(file);
        return file;
    }

    @Test
    void anAgeRecipientIsReadAsItWasWritten() throws IOException {
        assertThat(written(RuleKeys.age("age1a"))).isEqualTo(KeyDescription.of(KeyKind.AGE, "recipient", "age1a"));
    }

    @Test
    void aFingerprintIsReadAsItWasWritten() throws IOException {
        for (String fingerprint : List.of("0123456789012345678901234567890123456789", "1e45678901234567",
                "40954A07BA38943BA63D458E991A4E62886DE346!")) {
            assertThat(written(RuleKeys.pgp(fingerprint))).isEqualTo(KeyDescription.of(KeyKind.PGP, "fp", fingerprint));
        }
    }

    @Test
    void anAwsKeyIsReadWithAllItsFields() throws IOException {
        for (KmsKey key : List.of(new KmsKey(ARN, "", "", new TreeMap<>()), new KmsKey(ARN, ROLE, "", new TreeMap<>()),
                new KmsKey(ARN, "", "it's mine: #1", new TreeMap<>()),
                new KmsKey(ARN, ROLE, "p", new TreeMap<>(Map.of("no", "1", "a: b", "{'x'}, y", "ü", ""))))) {
            KeyDescription description = written(RuleKeys.kms(key));
            assertThat(description.kind()).isEqualTo(KeyKind.KMS);
            assertThat(KmsKey.of(description.fields(), "test")).isEqualTo(key);
        }
    }
}
