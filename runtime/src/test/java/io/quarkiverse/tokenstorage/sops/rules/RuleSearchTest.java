package io.quarkiverse.tokenstorage.sops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

/** Which rules file is found, which of its rules applies, and where keys come from without one. */
class RuleSearchTest extends RulesFileSourceTestCase {

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
    void aHomeBehindALinkIsTheSameFromEverywhere() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), home);
        variables.put("HOME", link.toString());
        target = link.resolve(".config/tokens/x.token.sops.json");
        write("creation_rules: [{path_regex: '^\\.config/tokens/', age: a}, {age: b}]");
        Path below = Files.createDirectories(home.resolve("projects/own"));
        for (Path directory : List.of(work, home, link, below)) {
            work = directory;
            assertThat(source().search().file()).contains(link.resolve(".sops.yaml"));
            assertThat(source().match(target).subject()).isEqualTo(".config/tokens/x.token.sops.json");
            assertThat(source().ruleFor(target).lookup().orElseThrow().chosenByWorkingDirectory()).isFalse();
        }
        assertThat(source().match(below.resolve("x.json")).subject()).isEqualTo("projects/own/x.json");
    }

    @Test
    void theWorkingDirectoryIsCalledAsTheShellCallsIt() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), work);
        Files.writeString(work.resolve(".sops.yaml"), "creation_rules: [{path_regex: '^tokens/', age: a}]");
        for (String wrong : List.of("", "link", root.toString(), root.resolve("nothing").toString())) {
            variables.put("PWD", wrong);
            assertThat(source().search().file()).contains(work.resolve(".sops.yaml"));
        }
        variables.put("PWD", link.toString());
        assertThat(source().search().file()).contains(link.resolve(".sops.yaml"));
        for (Path tokens : List.of(Path.of("tokens"), link.resolve("tokens"), work.resolve("tokens"))) {
            assertThat(source().match(tokens.resolve("x.sops.json")).subject()).isEqualTo("tokens/x.sops.json");
            assertThat(RulesFileTemplate.pathRegex(work.resolve(tokens), link.resolve(".sops.yaml")))
                    .isEqualTo("tokens/.*\\.sops\\.json$");
        }
        variables.remove("PWD");
        assertThatThrownBy(() -> source().match(link.resolve("tokens/x.sops.json")))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("matches '" + link + "/tokens/x.sops");
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
}
