package io.quarkiverse.tokenstorage.interop.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;

/**
 * The same {@code .sops.yaml} gives the same rule with sops and with this library. The rules of these tests differ in their
 * encrypted suffix, so the written document tells which one was followed.
 */
class CreationRulesTest {

    private static final byte[] DOCUMENT = "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'token\\.sops\\.json$' | github.token.sops.json",
            "'token\\.sops\\.json$' | github.token.sops.json.json",
            "'^github' | github.json",
            "'^github' | sub/github.json",
            "'^sub/' | sub/github.json",
            "'^\\./sub/' | sub/github.json",
            "'^sub/[^/]+\\.json$' | sub/deep/github.json",
            "'/work/' | sub/github.json",
            "'^/' | sub/github.json",
            "'^/' | ../outside.json",
            "'/home/' | ../home/x.json",
            "'work' | ../home/x.json",
            "'^sub' | ./sub/../sub/x.json",
            "'(?i)GITHUB' | github.json",
            "'GITHUB' | github.json",
            "'git.ub' | git/ub.json",
            "'\\.config/kstlib/auth/tokens/.*\\.sops\\.json$' | ../home/.config/kstlib/auth/tokens/p.token.sops.json",
            "'\\.config/kstlib/auth/tokens/.*\\.sops\\.json$' | ../home/.config/kstlib/auth/tokens/p.token.json",
            "'ünï' | ünï.json",
            "'a b' | 'a b.json'",
            "'' | anything.json",
            "'^$' | anything.json",
            "'\\pL' | x.json",
            "'(?P<n>x)' | x.json",
            "'x\\.json\\z' | x.json",
            "'[[:digit:]]' | x1.json" })
    void bothTakeTheSameRuleForAPath(String regex, String name) {
        String recipient = box.identity().recipient();
        box.rules("creation_rules:\n  - path_regex: '" + regex.replace("'", "") + "'\n    encrypted_suffix: a\n    age: "
                + recipient
                + "\n  - encrypted_suffix: b\n    age: " + recipient + "\n");
        assertSame(name);
    }

    /** The name of the working directory is that of the shell, if it leads there. */
    @ParameterizedTest
    @ValueSource(strings = { "'^github'", "'^/'", "'/link/'", "'/work/'" })
    void bothSeeAPathFromADirectoryBehindALink(String regex) throws IOException {
        String recipient = box.identity().recipient();
        box.rules("creation_rules:\n  - path_regex: " + regex + "\n    encrypted_suffix: a\n    age: " + recipient
                + "\n  - encrypted_suffix: b\n    age: " + recipient + "\n");
        Path link = Files.createSymbolicLink(box.home().resolve("link"), box.work());
        for (String shell : List.of(link.toString(), box.work().toString(), box.home().toString(), "link")) {
            box.set("PWD", shell);
            assertSame("github.json");
            assertSame(link.resolve("github.json").toString());
        }
    }

    /** As PowerShell writes what is redirected to a file. */
    @ParameterizedTest
    @ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-8" })
    void aMarkTellsTheEncoding(String charset) {
        String yaml = "creation_rules:\r\n  - encrypted_suffix: a\r\n    age: " + box.identity().recipient() + "\r\n";
        Sandbox.write(box.work().resolve(".sops.yaml"), ("\ufeff" + yaml).getBytes(Charset.forName(charset)));
        assertSame("file.json");
    }

    @Test
    void manyRulesShareOneList() {
        String recipient = box.identity().recipient();
        box.rules("team: &team [" + recipient + "]\ncreation_rules:\n"
                + "  - {path_regex: no, encrypted_suffix: b, key_groups: [{age: *team}]}\n".repeat(200)
                + "  - {encrypted_suffix: a, key_groups: [{age: *team}]}\n");
        assertSame("file.json");
    }

    @Test
    void emptyElementsAreSkipped() {
        String recipient = box.identity().recipient();
        box.rules(
                "creation_rules:\n  -\n  # - age: x\n  - ~\n  - encrypted_suffix: a\n    key_groups:\n      -\n      - age: [~, "
                        + recipient + "]\n        kms: [~]\n        merge: [~]\n  - encrypted_suffix: b\n    age: " + recipient
                        + "\n");
        assertSame("file.json");
    }

    @Test
    void theFirstMatchWins() {
        String recipient = box.identity().recipient();
        box.rules("creation_rules:\n  - path_regex: no\n    encrypted_suffix: a\n    age: " + recipient
                + "\n  - path_regex: file\n    encrypted_suffix: b\n    age: " + recipient
                + "\n  - path_regex: file\n    encrypted_suffix: c\n    age: " + recipient + "\n");
        assertSame("file.json");
    }

    @Test
    void filenameRegexIsIgnored() {
        box.rules("creation_rules:\n  - filename_regex: no\n    encrypted_suffix: a\n    age: " + box.identity().recipient()
                + "\n");
        assertSame("file.json");
    }

    @Test
    void unknownKeysAreIgnored() {
        box.rules("unknown: 1\ncreation_rules:\n  - other: {x: [1]}\n    encrypted_suffix: a\n    age: "
                + box.identity().recipient() + "\ndestination_rules: []\n");
        assertSame("file.json");
    }

    @Test
    void anchorsAndAliases() {
        box.rules("me: &me " + box.identity().recipient() + "\ncreation_rules:\n  - encrypted_suffix: a\n    age: *me\n");
        assertSame("file.json");
        box.rules("me: &me " + box.identity().recipient() + "\ncreation_rules:\n  - encrypted_suffix: a\n    age: [*me]\n");
        assertSame("file.json");
        box.rules("creation_rules:\n  - &first\n    path_regex: no\n    age: " + box.identity().recipient()
                + "\n  - <<: *first\n    path_regex: file\n    encrypted_suffix: b\n");
        assertSame("file.json");
    }

    @Test
    void aKeyGroupHidesFlatKeys() {
        box.rules("creation_rules:\n  - age: " + AgeIdentity.generate().recipient() + "\n    key_groups:\n      - age: ["
                + box.identity().recipient() + "]\n");
        assertSame("file.json");
    }

    @Test
    void mergedGroupsComeFirst() {
        box.rules("creation_rules:\n  - key_groups:\n      - merge:\n          - age: [" + AgeIdentity.generate().recipient()
                + "]\n        age: [" + box.identity().recipient() + "]\n");
        assertSame("file.json");
    }

    @Test
    void theNearestParentWins() {
        box.ruleFor(box.identity().recipient(), "path_regex: ^sub/file", "encrypted_suffix: a");
        Path below = box.work().resolve("sub/deep");
        Sandbox.write(below.resolve("note.txt"), "");
        assertSame(below, "../file.json");
        Sandbox.write(box.work().resolve("sub/.sops.yaml"),
                "creation_rules:\n  - path_regex: ^file\n    encrypted_suffix: b\n    age: " + box.identity().recipient()
                        + "\n");
        assertSame(below, "../file.json");
    }

    @Test
    void theVariableNamesTheFile() {
        box.ruleFor(box.identity().recipient(), "encrypted_suffix: a");
        Path other = Sandbox.write(box.home().resolve("other.yaml"),
                "creation_rules:\n  - encrypted_suffix: b\n    path_regex: ^work\n    age: " + box.identity().recipient()
                        + "\n  - encrypted_suffix: c\n    age: " + box.identity().recipient() + "\n");
        box.set("SOPS_CONFIG", other.toString());
        assertSame("file.json");
        box.set("SOPS_CONFIG", "../home/other.yaml");
        assertSame("file.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "creation_rules: []\n",
            "creation_rules:\n  - path_regex: no\n    age: RECIPIENT\n",
            "creation_rules:\n  - path_regex: '('\n    age: RECIPIENT\n",
            "creation_rules:\n  - encrypted_suffix: a\n",
            "creation_rules:\n  - age: ''\n",
            "creation_rules:\n  - age: not-a-recipient\n",
            "creation_rules:\n  - age: age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\n",
            "creation_rules:\n  - key_groups: []\n",
            "creation_rules:\n  - age: {a: b}\n",
            "creation_rules:\n  - age: [1, {a: b}]\n",
            "creation_rules: text\n",
            "creation_rules:\n  - age: RECIPIENT\n  bad indentation\n",
            "creation_rules:\n- age: RECIPIENT\n  age: RECIPIENT\n",
            "\tcreation_rules:\n" })
    void faultyRulesAreRefusedByBoth(String yaml) {
        box.rules(yaml.replace("RECIPIENT", box.identity().recipient()));
        assertThat(box.sops(box.work(), DOCUMENT, "encrypt", "--filename-override", "file.json").exit()).isNotZero();
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.encrypt(DOCUMENT, "file.json")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining(".sops.yaml").hasMessageNotContaining("\n");
        }
    }

    private void assertSame(String name) {
        assertSame(box.work(), name);
    }

    private void assertSame(Path from, String name) {
        ProgramRun theirs = box.sops(from, DOCUMENT, "encrypt", "--filename-override", name);
        try (OurSops ours = OurSops.in(box, from)) {
            assertThat(Layout.of(ours.encrypt(DOCUMENT, name))).isEqualTo(Layout.of(theirs.output()));
        }
    }
}
