package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.Selector;

@Timeout(60)
class RulesFileSourceTest {

    @TempDir
    Path root;
    Path work;
    Path home;
    Path target;
    final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        work = Files.createDirectories(root.resolve("projects/mine"));
        home = Files.createDirectories(root.resolve("home"));
        target = home.resolve(".config/tokens/x.token.sops.json");
        variables.put("HOME", home.toString());
    }

    @Test
    void searchesWorkingDirectoryParentsAndHome() throws IOException {
        assertThat(source().search()).isEqualTo(new RulesFileSearch(Optional.empty(), "search", List.of()));
        for (Path directory : List.of(home, root, root.resolve("projects"), work)) {
            Path file = Files.writeString(directory.resolve(".sops.yaml"), "creation_rules: [{age: a}]");
            assertThat(source().search().file()).contains(file);
            assertThat(source().match(target).file()).isEqualTo(file);
        }
        variables.put("SOPS_CONFIG", "../other.yaml");
        assertThat(source().search())
                .isEqualTo(new RulesFileSearch(Optional.of(root.resolve("projects/other.yaml")), "SOPS_CONFIG", List.of()));
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("other.yaml (from SOPS_CONFIG) cannot be read: there is no such file");
        Path configured = Files.writeString(root.resolve("configured.yaml"), "creation_rules: [{age: b}]");
        assertThat(identities(new RulesFileSource(environment(), Optional.of(configured), services()).ruleFor(target)))
                .containsExactly("recipient=b");
    }

    @Test
    void saysHowToSetUp() throws IOException {
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("SOPS not configured. Run 'secrets doctor' for setup")
                .hasMessageContaining("secrets init").hasMessageContaining(work.toString());
        Files.writeString(root.resolve(".sops.yml"), "creation_rules: []");
        assertThatThrownBy(() -> source().match(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(root.resolve(".sops.yml") + " is ignored: rename it to .sops.yaml");
        write("stores: {}");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining(".sops.yaml has no creation_rules");
        write("");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining(".sops.yaml has no creation_rules");
        Files.delete(home.resolve(".sops.yaml"));
        Files.createDirectory(home.resolve(".sops.yaml"));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("it is a directory");
    }

    @Test
    void takesTheFirstRuleThatMatches() throws IOException {
        write("""
                creation_rules:
                  - path_regex: ^tokens/
                    age: a
                  - path_regex: '\\.config/tokens/.*\\.sops\\.json$'
                    age: b
                  - age: c
                """);
        RuleMatch match = source().match(target);
        assertThat(match.number()).isEqualTo(2);
        assertThat(match.line()).isEqualTo(4);
        assertThat(match.pathRegex()).contains("\\.config/tokens/.*\\.sops\\.json$");
        assertThat(match.subject()).isEqualTo(".config/tokens/x.token.sops.json");
        assertThat(match.warnings()).isEmpty();
        assertThat(source().ruleFor(target).origin()).isEqualTo(home.resolve(".sops.yaml") + ", rule 2");
        assertThat(source().match(root.resolve("elsewhere.json")).subject())
                .isEqualTo(root.resolve("elsewhere.json").toString());
        assertThat(source().match(Path.of("/etc/../x.json")).subject()).isEqualTo("/x.json");
        assertThat(source().match(Path.of(home + "2/x.json")).subject()).isEqualTo(home + "2/x.json");
    }

    @Test
    void usesRe2AndNotJavaPatterns() throws IOException {
        write("""
                creation_rules:
                  - {path_regex: '(?P<name>tok)ens\\z', age: a}
                  - {path_regex: 'x(?i)\\.TOKEN', age: b}
                """);
        assertThat(source().match(target).number()).isEqualTo(2);
        write("creation_rules: [{path_regex: '(?=x)', age: a}]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("rule 1 (line 1): path_regex is not a valid RE2 pattern");
        write("creation_rules: [{path_regex: tokens, age: a}, {path_regex: '(', age: a}]");
        assertThat(source().match(target).number()).isEqualTo(1);
        for (String hostile : List.of("(".repeat(30_000), "((((((a{10}){10}){10}){10}){10}){10}){10}", "a{1001}")) {
            write("creation_rules: [{path_regex: '" + hostile + "', age: a}]");
            assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("path_regex is not a valid RE2 pattern").message().hasSizeLessThan(400);
            write("creation_rules: [{encrypted_regex: '" + hostile + "', age: a}]");
            assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("encrypted_regex is not a valid RE2 pattern").message().hasSizeLessThan(400);
        }
        write("creation_rules: [{path_regex: '" + "(".repeat(2000) + "x" + ")".repeat(2000) + "', age: a}]");
        assertThat(source().match(target).number()).isEqualTo(1);
    }

    @Test
    void boundsTheCostOfAllPatterns() throws IOException {
        String pattern = "a{900}".repeat(600);
        write("creation_rules:\n" + ("  - {path_regex: '" + pattern + "', age: a}\n").repeat(40));
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the path_regex of all rules are longer than 131072 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = { "app.json", "app.sops.json", "sub/a+b.json", "../elsewhere.json", "it's.json" })
    void theSuggestedPatternMatches(String name) throws IOException {
        Path document = home.resolve(name).normalize();
        write("creation_rules: [{path_regex: nothing, age: a}]");

        StorageNotConfiguredException failure = catchThrowableOfType(StorageNotConfiguredException.class,
                () -> source().match(document));

        write("creation_rules: [{age: a, " + failure.getMessage().replaceFirst("(?s).*Add a rule such as ", "") + "}]");
        assertThat(source().match(document).number()).isEqualTo(1);
    }

    @Test
    void saysWhatDidNotMatch() throws IOException {
        for (String rules : List.of("[]", "[{path_regex: nothing, age: a}]")) {
            write("creation_rules: " + rules);
            assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageStartingWith("SOPS: no matching creation rule in " + home.resolve(".sops.yaml"))
                    .hasMessageContaining(target.toString())
                    .hasMessageContaining("path_regex: '\\.config/tokens/.*\\.sops\\.json$'");
        }
    }

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
    void boundsTheMergesOfOneMapping() throws IOException {
        StringBuilder bomb = new StringBuilder("m0: &m0 {a: b}\n");
        for (int i = 1; i <= 16; i++) {
            bomb.append("m%d: &m%d {<<: [*m%d, *m%d, *m%d]}\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        write(bomb + "creation_rules:\n  - <<: *m16\n    age: " + "x\n");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("too many or too deeply nested merge keys");
    }

    @Test
    void boundsSizesDepthsAndAliases() throws IOException {
        write("#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("it is larger than 1048576 bytes");
        write("creation_rules: " + "[".repeat(300_000));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("nested deeper than 20 levels");
        write("a: &a [x]\nb: [" + "*a,".repeat(60) + "]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("more than 50 aliases");
        StringBuilder bomb = new StringBuilder("g0: &g0 {age: [x, y]}\n");
        for (int i = 1; i <= 16; i++) {
            bomb.append("g%d: &g%d {merge: [*g%d, *g%d, *g%d]}\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        write(bomb + "creation_rules: [{key_groups: [*g16]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("more than 1000 keys in one rule");
        write(bomb.toString().replace("age: [x, y]", "") + "creation_rules: [{key_groups: [*g16]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("merges of key groups");
        write("g: &g {merge: [*g], age: [x]}\ncreation_rules: [{key_groups: [*g]}]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class);
        write("creation_rules: &r\n  - &m\n    <<: *m\n    age: x\n");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class);
    }

    /** Names that are repeated are not counted by the parser if they are texts. */
    @Test
    @Timeout(20)
    void boundsWhatRepeatedTextsGrowTo() throws IOException {
        String commas = "x: &a \"" + ",".repeat(500_000) + "\"\n";
        String aliases = "*a,".repeat(100_000);
        for (String rule : List.of("age: [" + aliases + "]", "key_groups: [{age: [" + aliases + "]}]")) {
            write(commas + "creation_rules:\n- " + rule);
            assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("(line 1): more than 1000 keys in one rule");
        }
        write(commas + "creation_rules: [" + "{age: *a},".repeat(40_000) + "]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("rule 20 (line 1): the rules are too long with all that their aliases and merges repeat");
        write("x: &a \"" + ",".repeat(999) + "\"\ncreation_rules: [" + "{age: [*a]},".repeat(60_000) + "]");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the rules are too long with all that their aliases and merges repeat");
    }

    /** Limits on merges of groups and on merges of mappings would multiply. */
    @Test
    @Timeout(20)
    void boundsMergesOfGroupsAndOfMappingsTogether() throws IOException {
        StringBuilder bomb = new StringBuilder("x0: &m0 {");
        for (int i = 0; i < 80_000; i++) {
            bomb.append("k").append(i).append(": 1,");
        }
        bomb.append("}\n");
        for (int i = 1; i < 4; i++) {
            bomb.append("x%d: &m%d {<<: [%s]}\n".formatted(i, i, ("*m" + (i - 1) + ",").repeat(9)));
        }
        bomb.append("y0: &g0 {<<: *m3}\n");
        for (int i = 1; i < 5; i++) {
            bomb.append("y%d: &g%d {merge: [%s]}\n".formatted(i, i, ("*g" + (i - 1) + ",").repeat(4)));
        }
        write(bomb + "creation_rules:\n- key_groups:\n  - {merge: [*g4]}\n");
        assertThatThrownBy(() -> source().ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the rules are too long with all that their aliases and merges repeat");
    }

    @Test
    void remembersThatAFileIsMalformedWhileItStaysAsItIs() throws IOException {
        RulesFileSource source = source();
        write("creation_rules: [{age: [a], age: [b]}]");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.ruleFor(target)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("the key 'age' is there twice: remove one");
        }
        write("creation_rules: [{age: [a]}]");
        assertThat(identities(source.ruleFor(target))).containsExactly("recipient=a");
    }

    @Test
    void manyRulesMayShareTheirKeys() throws IOException {
        String team = "x: &team [" + "age1%060d,".formatted(7).repeat(100) + "]\ncreation_rules:\n";
        write(team + "- {path_regex: no, age: *team}\n".repeat(50));
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("none of its 50 rules");
        write("creation_rules:\n"
                + "- {path_regex: no, age: [a, b], shamir_threshold: 0, mac_only_encrypted: true}\n".repeat(5000)
                + "- {age: [c]}");
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=c");
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

    @Test
    void warnsOfRulesThatCatchEverythingUnintended() throws IOException {
        write("creation_rules: [{filename_regex: other, age: a}]");
        Files.writeString(work.resolve(".sops.yml"), "");
        RuleMatch match = source().match(target);
        assertThat(match.pathRegex()).isEmpty();
        assertThat(match.warnings()).hasSize(2);
        assertThat(match.warnings().get(0)).contains("rule 1 (line 1)", "filename_regex", "matches every file");
        assertThat(match.warnings().get(1)).contains(work.resolve(".sops.yml").toString());
        assertThat(identities(source().ruleFor(target))).containsExactly("recipient=a");
        write("creation_rules: [{filename_regex: other, path_regex: tokens, age: a}]");
        assertThat(source().match(target).warnings()).hasSize(1);
    }

    @Test
    void takesKeysFromTheVariablesOfSops() throws IOException {
        variables.put("SOPS_AGE_RECIPIENTS", "age1x, age1y");
        variables.put("SOPS_PGP_FP", "F P");
        CreationRule rule = source().ruleFor(target);
        assertThat(identities(rule)).containsExactly("fp=FP", "recipient=age1x", "recipient=age1y");
        assertThat(rule.origin()).isEqualTo("SOPS_PGP_FP, SOPS_AGE_RECIPIENTS");
        write("creation_rules: [{age: a, encrypted_suffix: _e, key_groups: [{age: [b]}, {age: [c]}]}]");
        rule = source().ruleFor(target);
        assertThat(identities(rule)).containsExactly("fp=FP", "recipient=age1x", "recipient=age1y");
        assertThat(rule.selector()).contains(new Selector(Selector.Kind.ENCRYPTED_SUFFIX, "_e"));
        write("creation_rules: [{path_regex: nothing, age: a}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("no matching creation rule");
        variables.put("SOPS_AGE_RECIPIENTS", "age1x,");
        write("creation_rules: [{age: a}]");
        assertThatThrownBy(() -> source().ruleFor(target)).hasMessageContaining("SOPS_AGE_RECIPIENTS: empty key");
    }

    @ParameterizedTest
    @CsvSource({ "true,true", "Yes,true", "on,true", "y,true", "'\"true\"',true", "false,false", "No,false", "OFF,false",
            "n,false", "null,false", "~,false" })
    void knowsTheTruthsOfYaml(String text, boolean expected) throws IOException {
        write("creation_rules: [{age: a, mac_only_encrypted: " + text + "}]");
        assertThat(source().ruleFor(target).macOnlyEncrypted()).isEqualTo(expected);
    }

    @Test
    void noticesAChangeAtOnce() throws IOException {
        RulesFileSource source = source();
        for (String recipient : List.of("a", "b", "a")) {
            write("creation_rules: [{age: " + recipient + "}]");
            assertThat(identities(source.ruleFor(target))).containsExactly("recipient=" + recipient);
            assertThat(identities(source.ruleFor(target))).containsExactly("recipient=" + recipient);
        }
    }

    @Test
    void needsNoRulesFileForConfiguredRecipients() {
        CreationRule rule = new RecipientsSource(List.of("a", " b , c"), "auth.storage.sops.age.recipients",
                new RecordingKeyService(KeyKind.AGE)).ruleFor(target);
        assertThat(identities(rule)).containsExactly("recipient=a", "recipient=b", "recipient=c");
        assertThat(rule.origin()).isEqualTo("auth.storage.sops.age.recipients");
        assertThat(rule.indent()).isEqualTo(-1);
        assertThatThrownBy(() -> new RecipientsSource(List.of(" "), "setting", new RecordingKeyService(KeyKind.AGE)))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageStartingWith("setting names no keys");
    }

    private RulesFileSource source() {
        return new RulesFileSource(environment(), Optional.empty(), services());
    }

    private HostEnvironment environment() {
        return new HostEnvironment(variables, work, "?", OperatingSystem.LINUX);
    }

    private static List<RecordingKeyService> services() {
        return Stream.of(KeyKind.values()).map(RecordingKeyService::new).toList();
    }

    private void write(String content) throws IOException {
        Files.writeString(home.resolve(".sops.yaml"), content);
    }

    private static List<String> identities(CreationRule rule) {
        assertThat(rule.keyGroups()).hasSize(1);
        return rule.keyGroups().get(0).stream().map(MasterKey::identity).toList();
    }
}
