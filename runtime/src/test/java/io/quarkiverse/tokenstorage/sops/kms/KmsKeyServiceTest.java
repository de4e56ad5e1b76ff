package io.quarkiverse.tokenstorage.sops.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

class KmsKeyServiceTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-22T20:16:00.9Z"), ZoneOffset.UTC);

    @TempDir
    Path home;
    final FakeKms aws = new FakeKms();
    KmsKeyService service;

    @BeforeEach
    void service() {
        service = new KmsKeyService(AwsSdk.detect(aws.environment(home), Optional.empty()), CLOCK);
    }

    @AfterEach
    void close() {
        service.close();
        aws.close();
    }

    @Test
    void anEntryHasTheFieldsOfSopsInTheirOrder() {
        MasterKey key = service.masterKey(json("{'arn':'" + FakeKms.ARN + "','aws_profile':'','context':{'z':'1','b':'2'},"
                + "'role':'" + FakeKms.ROLE + "'}"), "rule");
        KeyEntry entry = key.wrap(dataKey());
        assertThat(entry.identity()).isEqualTo(key.identity()).isEqualTo(FakeKms.ARN + "+" + FakeKms.ROLE + "|b:2,z:1");
        String enc = Base64.getEncoder().encodeToString((FakeKms.ARN + "|"
                + Base64.getEncoder().encodeToString(new byte[DataKey.LENGTH])).getBytes(StandardCharsets.UTF_8));
        assertThat(new String(JsonWriter.write(entry.fields(), 0), StandardCharsets.UTF_8).replace("\n", ""))
                .isEqualTo(("{'arn': '" + FakeKms.ARN + "','aws_profile': '','context': {'b': '2','z': '1'},"
                        + "'created_at': '2026-05-22T20:16:00Z','enc': '" + enc + "','role': '" + FakeKms.ROLE + "'}")
                        .replace('\'', '"'));
        try (DataKey opened = service.unwrap(entry)) {
            assertThat(opened.bytes()).isEqualTo(new byte[DataKey.LENGTH]);
        }
        assertThat(aws.calls()).containsExactly("AssumeRole", "Encrypt", "Decrypt");
    }

    @Test
    void rulesNameKeysWithoutACall() {
        service.masterKey(json("{'arn':'" + FakeKms.ARN + "'}"), "rule");
        assertThat(service.ownMasterKeys()).isEmpty();
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void aRuleWithoutAnArn() {
        assertThatThrownBy(() -> service.masterKey(json("{'arn':'alias/tokens'}"), "rule 1"))
                .isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("rule 1: no valid ARN found in 'alias/tokens'");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "AAA", "!!!!", "AAAA AAAA", "TOO LONG" })
    void anEntryThatIsNotIntactCostsNoCall(String enc) {
        String text = enc.equals("TOO LONG") ? "A".repeat(10_000) : enc;
        KeyEntry entry = entry(FakeKms.ARN, text);
        assertThatThrownBy(() -> service.unwrap(entry)).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining(FakeKms.ARN).hasMessageContaining("is damaged").hasNoCause();
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void anEntryForAnotherHostCostsNoCall() {
        assertThatThrownBy(() -> service.unwrap(entry("arn:aws:kms:evil.example/:1:key/x", "AAAA")))
                .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("no valid ARN");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void lineBreaksAreSkippedAsInGo() {
        String enc = service.masterKey(json("{'arn':'" + FakeKms.ARN + "'}"), "rule").wrap(dataKey()).enc();
        try (DataKey opened = service.unwrap(entry(FakeKms.ARN, enc.substring(0, 9) + "\r\n" + enc.substring(9) + "\n"))) {
            assertThat(opened.bytes()).isEqualTo(new byte[DataKey.LENGTH]);
        }
    }

    @Test
    void withoutTheSdkTheDependencyIsNamed() {
        KmsKeyService without = new KmsKeyService(new MissingAwsSdk(), CLOCK);
        MasterKey key = without.masterKey(json("{'arn':'" + FakeKms.ARN + "'}"), "rule");
        assertThatThrownBy(() -> key.wrap(dataKey())).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContainingAll(FakeKms.ARN, "software.amazon.awssdk:kms", "url-connection-client");
        MasterKey withRole = without.masterKey(json("{'arn':'" + FakeKms.ARN + "','role':'" + FakeKms.ROLE + "'}"), "rule");
        assertThatThrownBy(() -> withRole.wrap(dataKey())).hasMessageContaining(" and sts");
    }

    @ParameterizedTest
    @CsvSource({ "host, sops@host", "ip-10-0-0-1.eu_west.internal, sops@ip10001.eu_west.internal", "'a b\tü+c', sops@abc",
            "'', sops@" })
    void sessionsAreNamedAfterTheHost(String host, String name) {
        assertThat(RoleSessionName.of(host)).isEqualTo(name);
    }

    @Test
    void longSessionNamesAreCut() {
        assertThat(RoleSessionName.of("h".repeat(100))).hasSize(64).startsWith("sops@hhh");
    }

    private static KeyEntry entry(String arn, String enc) {
        return new KeyEntry(KeyKind.KMS, arn, enc, JsonObject.builder().add("arn", arn).add("enc", enc).build());
    }

    private static DataKey dataKey() {
        byte[] bytes = new byte[DataKey.LENGTH];
        Arrays.fill(bytes, (byte) 0);
        return DataKey.owning(bytes);
    }

    private static JsonObject json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "text");
    }
}
