package io.quarkiverse.tokenstorage.interop.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.KmsServer;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Keys in AWS KMS: sops and this library use the same server and exchange what they write. */
class AwsKmsTest {

    private static final byte[] DOCUMENT = "{\"a\":\"secret\",\"n\":1}".getBytes(StandardCharsets.UTF_8);
    private static final String ROLE = "arn:aws:iam::123456789012:role/tokens";

    @TempDir
    static Path logs;
    static KmsServer aws;
    static String key;
    static String otherKey;
    static String keyElsewhere;
    static String alias;

    @TempDir
    Path directory;
    Sandbox box;

    @BeforeAll
    static void start() {
        aws = KmsServer.start(logs.resolve("kms.log"));
        key = aws.createKey("eu-west-1");
        otherKey = aws.createKey("eu-west-1");
        keyElsewhere = aws.createKey("us-east-1");
        alias = aws.createAlias(key, "tokens");
    }

    @AfterAll
    static void stop() {
        if (aws != null) {
            aws.close();
        }
    }

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory).set("AWS_ENDPOINT_URL", aws.endpoint()).set("AWS_EC2_METADATA_DISABLED", "true")
                .set("AWS_REGION", "ap-south-1").set("SOPS_DECRYPTION_ORDER", "kms,age").set("AWS_ACCESS_KEY_ID", "AKIATEST")
                .set("AWS_SECRET_ACCESS_KEY", "secret");
        Sandbox.write(box.home().resolve(".aws/credentials"),
                "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = secret\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "kms: KEY",
            "kms: ALIAS",
            "kms: ELSEWHERE",
            "kms: KEY, OTHER,ELSEWHERE",
            "kms: [KEY, OTHER]",
            "kms: KEY+ROLE",
            "{kms: 'KEY+ROLE,OTHER', aws_profile: work}",
            "{kms: KEY, age: AGE}",
            "key_groups: [{kms: [{arn: KEY}]}]",
            "key_groups: [{kms: [{arn: KEY, context: {purpose: tokens}}]}]",
            "key_groups: [{kms: [{arn: ALIAS, role: ROLE, context: {z: '1', B: 2, a: 'x:y,z', ü: é}, aws_profile: work}]}]",
            "key_groups: [{kms: [{arn: KEY}, {arn: KEY, role: ROLE}, {arn: KEY, context: {a: b}}, {arn: KEY}]}]",
            "key_groups: [{kms: [{arn: KEY, context: {a: b, c: d}}, {arn: KEY, context: {c: d, a: b}}], age: [AGE]}]",
            "{shamir_threshold: 2, key_groups: [{kms: [{arn: KEY}]}, {age: [AGE]}, {kms: [{arn: OTHER}]}]}" })
    void eachReadsWhatTheOtherWrote(String rule) {
        rules(rule);
        assertThat(Exchange.bothWays(box, DOCUMENT, "file.json")).asString(StandardCharsets.UTF_8).contains("secret");
    }

    @Test
    void keysInVariables() {
        box.set("SOPS_KMS_ARN", key + "+" + ROLE + "," + otherKey);
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void onlyAProfileHasCredentials() {
        box.set("AWS_ACCESS_KEY_ID", "").set("AWS_SECRET_ACCESS_KEY", "").set("AWS_PROFILE", "work");
        rules("kms: KEY");
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    /** sops compares the texts by which it tells keys apart. */
    @ParameterizedTest
    @ValueSource(strings = { "kms: KEY+ROLE",
            "key_groups: [{kms: [{arn: ALIAS, role: ROLE, context: {z: '1', a: b}, aws_profile: work}]}]" })
    void sopsFindsNothingToUpdateInOurs(String rule) {
        rules(rule);
        try (OurSops ours = OurSops.in(box)) {
            Sandbox.write(box.work().resolve("file.json"), ours.encrypt(DOCUMENT, "file.json"));
        }
        ProgramRun run = box.sops("updatekeys", "--yes", "file.json");
        assertThat(run.succeeded()).as(run.stderr()).isTrue();
        assertThat(run.stderr()).contains("already up to date");
    }

    @Test
    void anotherContextIsDamageToBoth() {
        rules("key_groups: [{kms: [{arn: KEY, context: {purpose: tokens}}]}]");
        byte[] changed = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8)
                .replace("\"purpose\": \"tokens\"", "\"purpose\": \"other\"").getBytes(StandardCharsets.UTF_8);
        assertThat(box.sopsDecrypting(changed).succeeded()).isFalse();
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(changed)).isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining("InvalidCiphertextException");
        }
    }

    @Test
    void anotherKeyThanTheOneThatWrapped() {
        rules("kms: KEY");
        byte[] changed = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8).replace(key, otherKey)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(box.sopsDecrypting(changed).succeeded()).isFalse();
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(changed)).isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining(otherKey);
        }
    }

    @Test
    void tokensThatBothCanRead() {
        Sandbox.write(box.home().resolve(".sops.yaml"), "creation_rules:\n  - kms: " + alias + "\n");
        Path tokens = box.home().resolve("tokens");
        AuthToken token = AuthToken.builder("access").refreshToken("refresh").build();
        StorageOptions options = StorageOptions.defaults().withEnvironment(box.environment());
        try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options)) {
            storage.save("corporate", token);
            storage.update("corporate", current -> Optional.of(AuthToken.builder("newer").build()));
        }
        Path file = tokens.resolve("corporate.token.sops.json");
        assertThat(box.sops("decrypt", file.toString()).text()).contains("\"access_token\": \"newer\"");
        try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options)) {
            assertThat(storage.load("corporate").orElseThrow().accessToken()).isEqualTo("newer");
        }
    }

    private void rules(String rule) {
        String filled = rule.replace("KEY", key).replace("OTHER", otherKey).replace("ELSEWHERE", keyElsewhere)
                .replace("ALIAS", alias).replace("ROLE", ROLE).replace("AGE", box.identity().recipient());
        box.rules("creation_rules:\n  - " + filled + "\n");
    }
}
