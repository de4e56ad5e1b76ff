package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

/** What rules say: every field, every kind of key, in every form of YAML that sops takes; and what is wrong in them. */
class RuleReadingTest extends RulesFileSourceTestCase {

    @Test
    void readsAllFields() throws IOException {
        write("""
                creation_rules:
                  - age: a
                    encrypted_regex: '^(access|refresh)_token$'
                    unencrypted_suffix: ''
                    encrypted_suffix:
                    mac_only_encrypted: yes
                    shamir_threshold: 2
                    unknown: {deep: [1, {2: 3}]}
                stores: {json: {indent: 2}, yaml: {indent: 4}}
                destination_rules: [{s3_bucket: x}]
                """);
        CreationRule rule = source().ruleFor(target);
        assertThat(rule.selector())
                .contains(new Selector(Selector.Kind.ENCRYPTED_REGEX, "^(access|refresh)_token$"));
        assertThat(rule.macOnlyEncrypted()).isTrue();
        assertThat(rule.shamirThreshold()).isEqualTo(2);
        assertThat(rule.indent()).isEqualTo(2);
        assertThat(source().jsonIndent()).isEqualTo(2);
        write("creation_rules: [{age: a}]");
        rule = source().ruleFor(target);
        assertThat(rule.selector()).isEmpty();
        assertThat(rule.macOnlyEncrypted()).isFalse();
        assertThat(rule.shamirThreshold()).isZero();
        assertThat(rule.indent()).isEqualTo(-1);
    }

    @Test
    void readsEveryKindOfFlatKeyInTheOrderOfSops() throws IOException {
        write("""
                creation_rules:
                  - hc_vault_transit_uri: https://v/v1/t/keys/k
                    azure_keyvault: https://a/keys/k/1
                    hckms: ['r:u']
                    gcp_kms: projects/p
                    aws_profile: prof
                    kms: arn:1 + arn:2, arn:3
                    pgp: 85D7 7543, B3D6
                    age: " age1a ,, age1b,"
                """);
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=age1a", "recipient=age1b", "fp=85D77543",
                "fp=B3D6", "arn=arn:1 aws_profile=prof role=arn:2", "arn=arn:3 aws_profile=prof", "resource_id=projects/p",
                "key_id=r:u", "uri=https://a/keys/k/1", "uri=https://v/v1/t/keys/k");
        write("creation_rules: [{age: [age1a, 'age1b, age1c'], pgp: [], kms: null, gcp_kms: ''}]");
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=age1a", "recipient=age1b",
                "recipient=age1c");
        write("creation_rules: [{age: [age1a, '']}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("rule 1 (line 1): empty key");
    }

    @Test
    void readsKeyGroupsOfEveryKindWithMerges() throws IOException {
        write("""
                shared: &shared
                  merge: [{age: [age1z]}]
                  pgp: [FP]
                creation_rules:
                  - age: ignored
                    key_groups:
                      - merge: [*shared, *shared]
                        age: [age1a, age1z, age1a]
                        kms: [{arn: arn:1, role: r, context: {k: v, l: 7}, aws_profile: p}, {arn: arn:2}]
                        gcp_kms: [{resource_id: g}]
                        hckms: [{key_id: h}]
                        azure_keyvault: [{vaultUrl: u, key: n, version: 1.10}]
                        hc_vault: [v]
                """);
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=age1z", "fp=FP", "recipient=age1a",
                "arn=arn:1 aws_profile=p context={k=v l=7} role=r", "arn=arn:2", "resource_id=g", "key_id=h",
                "vault_url=u name=n version=1.10", "uri=v");
    }

    @Test
    void readsSeveralGroupsAndHowManyAreNeeded() throws IOException {
        write("creation_rules: [{shamir_threshold: 2, key_groups: [{age: [a, b]}, {pgp: [c]}, {merge: [{age: [a]}]}]}]");
        assertThat(source().match(target).keyGroups()).hasSize(3);
        CreationRule rule = source().ruleFor(target);
        assertThat(rule.shamirThreshold()).isEqualTo(2);
        assertThat(rule.keyGroups().stream().map(group -> group.stream().map(MasterKey::identity).toList())).containsExactly(
                List.of("recipient=a", "recipient=b"), List.of("fp=c"), List.of("recipient=a"));
        write("creation_rules: [{shamir_threshold: 2, key_groups: [{age: [a]}, {}, {pgp: [b]}]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("rule 1 (line 1): key group 2 names no keys");
    }

    @Test
    void namesKindsThatAreNotBuiltIn() throws IOException {
        write("creation_rules: [{age: a, pgp: b, kms: arn:1, hc_vault_transit_uri: u}]");
        RulesFileSource source = new RulesFileSource(environment(), Optional.empty(),
                List.of(new RecordingKeyService(KeyKind.AGE)));
        assertThatThrownBy(() -> source.ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class).hasMessage(
                home.resolve(".sops.yaml")
                        + ", rule 1 (line 1): keys of kind kms, hc_vault, pgp are not built in (age are): "
                        + "set auth.storage.sops.engine=executable to have the sops program use them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            creation_rules: [{age: a, encrypted_regex: x, unencrypted_suffix: y}] | rule 1 (line 1): unencrypted_suffix and encrypted_regex exclude each other
            creation_rules: [{age: a, encrypted_regex: '('}] | encrypted_regex is not a valid RE2 pattern
            creation_rules: [{age: a, unencrypted_comment_regex: '(?=x)'}] | unencrypted_comment_regex is not a valid RE2 pattern
            creation_rules: [{path_regex: x}] | rule 1 (line 1) names no keys
            creation_rules: [{key_groups: []}] | rule 1 (line 1) names no keys
            creation_rules: [{key_groups: [{}]}] | rule 1 (line 1) names no keys
            creation_rules: [{age: {a: b}}] | rule 1 (line 1): age must be a text or a list of texts
            creation_rules: [{age: [[a]]}] | must be a text
            creation_rules: [{hckms: 'r:u'}] | hckms must be a list
            creation_rules: [{age: a, age: b}] | rule 1 (line 1): the key 'age' is there twice
            creation_rules: [{age: a, mac_only_encrypted: 2}] | mac_only_encrypted must be true or false
            creation_rules: [{age: a, shamir_threshold: two}] | shamir_threshold must be a whole number from 0 to 2147483647
            creation_rules: [{age: a, shamir_threshold: -1}] | shamir_threshold must be a whole number
            creation_rules: {age: a} | creation_rules must be a list
            creation_rules: [text] | rule 1 (line 1): this must be a mapping
            creation_rules: [{[a]: b}] | a key must be a text
            [a, b] | this must be a mapping
            text | this must be a mapping
            stores: {json: {indent: -2}} | stores, json (line 1): indent must be a whole number from -1 to 64
            stores: {json: {indent: 1000000000}} | indent must be a whole number
            stores: {json: 3} | this must be a mapping
            creation_rules: [{age: "a] | is not valid YAML (line 1, column
            creation_rules: *nowhere | is not valid YAML (line 1, column
            `a: b: c` | is not valid YAML (line 1, column 5)
            """)
    void namesThePlaceAndTheFix(String content, String problem) throws IOException {
        write(content);
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(home.resolve(".sops.yaml").toString()).hasMessageContaining(problem).hasNoCause()
                .message().doesNotContain("\n");
    }

    @Test
    void neverQuotesWhatItCannotParse() throws IOException {
        for (String content : List.of("creation_rules: [SECRET-TEXT", "SECRET-TEXT: : :", "\t- SECRET-TEXT",
                "a: !!SECRET-TEXT\n b",
                "&SECRET-TEXT *SECRET-TEXT2", "creation_rules: [{age: {SECRET-TEXT: 1}}]", "\u0001SECRET-TEXT",
                "%SECRET-TEXT\n---\na", "creation_rules: [{age: a, shamir_threshold: SECRET-TEXT}]")) {
            write(content);
            assertThatThrownBy(() -> source().ruleFor(target)).as(content).isInstanceOf(StorageNotConfiguredException.class)
                    .hasNoCause().message().doesNotContain("SECRET-TEXT").doesNotContain("\n");
        }
        Files.write(home.resolve(".sops.yaml"), new byte[] { 'a', ':', ' ', (byte) 0xff });
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("is not UTF-8");
    }

    @Test
    void followsAnchorsAndMergeKeys() throws IOException {
        write("""
                me: &me age1a
                base: &base {age: *me, mac_only_encrypted: true, encrypted_suffix: _e}
                creation_rules:
                  - <<: *base
                    encrypted_suffix: _f
                """);
        CreationRule rule = source().ruleFor(target);
        assertThat(identities(rule)).containsExactly("recipient=age1a");
        assertThat(rule.macOnlyEncrypted()).isTrue();
        assertThat(rule.selector()).contains(new Selector(Selector.Kind.ENCRYPTED_SUFFIX, "_f"));
    }

    @Test
    void readsTheFirstDocumentOnlyAndByteOrderMarks() throws IOException {
        write("\uFEFF---\ncreation_rules: [{age: a}]\n---\n: : :\n");
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=a");
    }

    @ParameterizedTest
    @CsvSource({ "true,true", "Yes,true", "on,true", "y,true", "'\"true\"',true", "false,false", "No,false", "OFF,false",
            "n,false", "null,false", "~,false" })
    void knowsTheTruthsOfYaml(String text, boolean expected) throws IOException {
        write("creation_rules: [{age: a, mac_only_encrypted: " + text + "}]");
        assertThat(source().ruleFor(target).macOnlyEncrypted()).isEqualTo(expected);
    }

    @Test
    void skipsElementsThatHoldNothing() throws IOException {
        write("""
                creation_rules:
                  -
                  # - age: z
                  - ~
                  - path_regex: tokens
                    key_groups:
                      -
                      - age: [a, ~]
                        merge: [~]
                        kms: [~]
                """);
        assertThat(source().match(target).number()).isEqualTo(1);
        assertThat(source().match(target).line()).isEqualTo(5);
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=a");
    }

    @Test
    void readsUtf16WithAMark() throws IOException {
        String yaml = "creation_rules: [{path_regex: 'tokens|\u00fc', age: a}]\r\n";
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8)) {
            Files.write(home.resolve(".sops.yaml"), ("\ufeff" + yaml).getBytes(charset));
            assertThat(source().match(target).pathRegex()).contains("tokens|\u00fc");
        }
        byte[] cut = ("\ufeff" + yaml).getBytes(StandardCharsets.UTF_16LE);
        Files.write(home.resolve(".sops.yaml"), Arrays.copyOf(cut, cut.length - 1));
        assertThatThrownBy(() -> source().match(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("is not UTF-8 text");
    }
}
