package io.quarkiverse.tokenstorage.sops.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.RuleLookup;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

/** How the engine has a document encrypted, and what it does with one that is not as it must be. */
class ExecutableEncryptionTest extends FakeSopsTestCase {

    @Test
    void aRuleOfSettingsIsPassedAsArgumentsAndNoVariableCounts() {
        variables.putAll(Map.of("SOPS_KMS_ARN", "arn:aws:kms:x:1:key/1", "SOPS_AGE_RECIPIENTS", STRANGER, "SOPS_AGE_KEY",
                IDENTITY, "SOPS_CONFIG", "/elsewhere", "KEPT", "value"));
        sops.does("cat >input; cat document").file("document", encrypted(rule(), PLAIN));

        encrypt(rule());

        assertThat(sops.calls()).last().isEqualTo("--config /dev/null encrypt --input-type json --output-type json"
                + " --filename-override document.json --age " + OWN);
        assertThat(sops.variables(2)).contains("KEPT=value", "SOPS_DISABLE_VERSION_CHECK=1").noneMatch(
                line -> line.startsWith("SOPS_KMS_ARN=") || line.startsWith("SOPS_AGE_"));
        assertThat(sops.variables(1)).as("when the version is asked").noneMatch(line -> line.startsWith("SOPS_AGE_KEY="));
        assertThat(directory.resolve("bin/input"))
                .hasContent("{\n\"access_token\": \"" + SECRET + "\",\n\"n\": 1,\n\"f\": 1.0\n}");
    }

    @Test
    void aRuleOfAFileIsLeftToSopsToFindAgain() {
        variables.putAll(Map.of("SOPS_AGE_KEY", IDENTITY, "SOPS_AGE_RECIPIENTS", OWN));
        sops.does("cat document").file("document", encrypted(rule(), PLAIN));

        encrypt(rule()
                .foundBy(new RuleLookup(Optional.of(Path.of("/home/me/.sops.yaml")), Path.of("/tokens/x.sops.json"), false)));

        assertThat(sops.calls()).last().isEqualTo("--config /home/me/.sops.yaml encrypt --input-type json --output-type json"
                + " --filename-override /tokens/x.sops.json");
        assertThat(sops.variables(2)).contains("SOPS_AGE_RECIPIENTS=" + OWN)
                .noneMatch(line -> line.startsWith("SOPS_AGE_KEY="));

        encrypt(rule().foundBy(new RuleLookup(Optional.empty(), Path.of("/tokens/x.sops.json"), false)));

        assertThat(sops.calls()).last().asString().startsWith("--config /dev/null encrypt ").endsWith(" /tokens/x.sops.json");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 4, 8, 23, 128, 139, 203 })
    void aFailedEncryptionIsExplainedByADocumentWithoutSecrets(int exitCode) {
        sops.does("input=$(cat); echo \"it says $input\" >&2; exit " + exitCode);

        assertThatThrownBy(() -> encrypt(rule())).isInstanceOf(TokenStorageException.class)
                .hasMessage("sops cannot encrypt under the rule (exit code " + exitCode + "): it says "
                        + new String(PROBE, StandardCharsets.UTF_8))
                .hasNoCause();
    }

    @Test
    void whatIsSaidOfTheDocumentOnlyIsWithheld() {
        sops.does("cat >input; if grep -q probe input; then cat document; else cat input >&2; exit 23; fi")
                .file("document", encrypted(rule(), PROBE));

        assertThatThrownBy(() -> encrypt(rule())).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining("exit code 23").hasMessageContaining("withheld").hasMessageNotContaining(SECRET)
                .hasMessageContaining("unsavedToken").hasMessageNotContaining("try again").hasNoCause();
        assertThat(sops.calls()).as("version, document, probe, document").hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "exit 1", "exit 128", "kill -9 $$", "exit 0", "cat probed; exit 0" })
    void whatFailsOnceIsTriedOnceMore(String failing) {
        byte[] document = encrypted(rule(), PLAIN);
        sops.does("cat >input; if grep -q probe input; then exec cat probed; fi\n"
                + "[ -e failed ] || { touch failed; " + failing + "; }; cat document")
                .file("document", document).file("probed", encrypted(rule(), PROBE));

        assertThat(encrypt(rule())).isEqualTo(document);
        assertThat(encrypt(rule())).isEqualTo(document);
        assertThat(sops.calls()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void aRuleThatSopsDoesNotAcceptIsAConfigurationError() {
        sops.does("echo 'error loading config: no matching creation rules found' >&2; exit 1");
        try (PreparedEncryption encryption = engine().prepare(rule())) {
            assertThatThrownBy(encryption::requireReady).isInstanceOf(StorageNotConfiguredException.class).hasMessage(
                    "sops cannot encrypt under the rule (exit code 1): error loading config: no matching creation rules found");
        }
    }

    @Test
    void aDocumentForOthersOrUnderAnotherRuleIsDropped() {
        CreationRule partly = new CreationRule("the rule", rule().keyGroups(), 0,
                Optional.of(new Selector(Selector.Kind.ENCRYPTED_REGEX, "^other$")), false, -1);
        CreationRule macOnly = new CreationRule("the rule", rule().keyGroups(), 0, Optional.empty(), true, -1);
        String good = new String(encrypted(rule(), PLAIN), StandardCharsets.UTF_8);
        assertThat(encryptedAs(good)).isEqualTo(bytes(good));

        assertDropped(new String(encrypted(rule(STRANGER), PLAIN), StandardCharsets.UTF_8), "other keys than the rule names");
        assertDropped(new String(encrypted(partly, PLAIN), StandardCharsets.UTF_8), "another selector");
        assertDropped(new String(encrypted(macOnly, PLAIN), StandardCharsets.UTF_8), "another mac_only_encrypted");
        assertDropped(good.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": \"" + SECRET + "\""),
                "a value in clear that the rule encrypts");
        assertDropped(good.replaceFirst("\"n\": \"ENC", "\"m\": \"ENC"), "another content");
        assertDropped(good.replaceFirst("type:int", "type:str"), "another content");
        assertDropped(good.replaceFirst("\"n\": \"ENC[^\"]*\",", ""), "another content");
        assertDropped(good.replaceFirst("\"mac\": \"ENC[^\"]*\"", "\"mac\": \"\""), "no message authentication code");
        assertDropped("{\"access_token\": \"" + SECRET + "\"}", "did not write an encrypted document");
        assertDropped(SECRET, "did not write an encrypted document");
        assertDropped("", "did not write an encrypted document");
    }

    private byte[] encryptedAs(String produced) {
        sops.does("cat >input; cat document").file("document", bytes(produced));
        return encrypt(rule());
    }

    private void assertDropped(String produced, String why) {
        assertThatThrownBy(() -> encryptedAs(produced)).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining(why).hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void numbersThatOldVersionsRoundAreRefused() {
        String template = new String(encrypted(rule(), bytes("{\"n\":1}")), StandardCharsets.UTF_8);
        String asFloat = template.replaceFirst("type:int", "type:float");
        sops.does("cat >input; cat document").file("document", bytes(asFloat));
        try (PreparedEncryption encryption = engine().prepare(rule())) {
            assertThat(encryption.encrypt(JsonReader.read(bytes("{\"n\":9007199254740992}"), "plain"))).isNotEmpty();
            assertThatThrownBy(() -> encryption.encrypt(JsonReader.read(bytes("{\"n\":9007199254740993}"), "plain")))
                    .hasMessageContaining("install sops 3.13.2 or newer");
        }
    }

    @Test
    void thatKeysCannotBeUpdatedIsSaidBeforehand() {
        assertThatThrownBy(() -> engine().requireRewrappable("x")).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("x: the keys of a document cannot be updated").hasMessageContaining("secrets rotate");
        assertThat(sops.calls()).isEmpty();
    }

    @Test
    void anInvalidPatternIsRefusedBeforeAnythingRuns() {
        CreationRule broken = new CreationRule("the rule", rule().keyGroups(), 0,
                Optional.of(new Selector(Selector.Kind.ENCRYPTED_REGEX, "(")), false, -1);

        assertThatThrownBy(() -> engine().prepare(broken)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("the rule");
        assertThat(sops.calls()).isEmpty();
    }
}
