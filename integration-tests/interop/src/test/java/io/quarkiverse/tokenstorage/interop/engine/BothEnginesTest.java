package io.quarkiverse.tokenstorage.interop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.interop.exchange.Layout;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.ProgramEngine;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** Documents of the engine that runs sops and of the one inside this process are the same but for what is random. */
class BothEnginesTest {

    private static final byte[] DOCUMENT = """
            {"data":{"a":"x<&>\\u2028😀","b_unencrypted":{"c":1,"d_encrypted":[true,"y"]}},"plain":"p","data2":1.5,"whole":1.0,
             "large":1e21,"long":9223372036854775807,"small":-1e-7,"zero":0.0,"minus":-3.0,"secret_encrypted":{"x":[{"plain":"q"},[1,2]]},
             "_encrypted":[null,"",{}],"xdata":false,"list":[{"data":1},{"other":2},["data"]],"same":1,"same":2,"":"empty"}
            """
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    ProgramEngine engine;

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
        engine = new ProgramEngine(box);
    }

    private void assertExchange() {
        byte[] byProgram = engine.encrypt(DOCUMENT, "file.json");
        try (OurSops builtIn = OurSops.in(box)) {
            byte[] byUs = builtIn.encrypt(DOCUMENT, "file.json");
            assertThat(Layout.of(byProgram)).isEqualTo(Layout.of(byUs))
                    .isEqualTo(Layout.of(box.sopsEncrypt(DOCUMENT, "file.json")));
            String plain = new String(builtIn.decrypt(byUs), StandardCharsets.UTF_8);
            assertThat(new String(engine.decrypt(byUs), StandardCharsets.UTF_8)).isEqualTo(plain);
            assertThat(new String(builtIn.decrypt(byProgram), StandardCharsets.UTF_8)).isEqualTo(plain);
            assertThat(new String(engine.decrypt(byProgram), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "mac_only_encrypted: true", "unencrypted_suffix: _unencrypted", "encrypted_suffix: _encrypted",
            "unencrypted_regex: '^(data|list)'", "encrypted_regex: '(?i)^DATA'", "unencrypted_comment_regex: anything",
            "encrypted_comment_regex: anything" })
    void underEverySelector(String line) {
        box.ruleFor(box.identity().recipient(), line);
        assertExchange();
    }

    @Test
    void withTheIndentationOfTheRulesAndSeveralKeys() {
        box.rules("stores: {json: {indent: 3}}\ncreation_rules: [{age: '" + box.identity().recipient() + ","
                + AgeIdentity.generate().recipient() + "', encrypted_regex: data, mac_only_encrypted: true}]\n");
        assertExchange();
    }

    @Test
    void withSeveralKeyGroups() {
        box.rules("creation_rules:\n  - shamir_threshold: 2\n    key_groups:\n      - age: [" + box.identity().recipient()
                + "]\n      - age: [" + AgeIdentity.generate().recipient() + ", " + box.identity().recipient() + "]\n");
        assertExchange();
    }

    @Test
    void withTheRecipientsOfAVariable() {
        box.rules("creation_rules: [{path_regex: json, age: '" + AgeIdentity.generate().recipient()
                + "', encrypted_regex: data}]");
        box.set("SOPS_AGE_RECIPIENTS", box.identity().recipient());
        assertExchange();
    }

    @Test
    void withARuleInTheHomeDirectoryWhichSopsDoesNotFind() {
        Sandbox.write(box.home().resolve(".sops.yaml"),
                "creation_rules: [{path_regex: 'work/file.json$', age: '" + box.identity().recipient() + "'}]");
        Path elsewhere = directory.resolve("elsewhere").toAbsolutePath();
        Sandbox.write(elsewhere.resolve("x"), "");
        StorageOptions options = engine.options().withEnvironment(box.environment(elsewhere));
        byte[] document = ProgramEngine.encrypt(options, DOCUMENT, box.work().resolve("file.json").toString());
        assertThat(box.sopsDecrypting(document).succeeded()).isTrue();
        assertThatThrownBy(() -> ProgramEngine.encrypt(options, DOCUMENT, "other.json"))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("no matching creation rule");
    }

    @Test
    void withTheRecipientsOfTheApplicationNoRulesAndNoVariablesCount() throws IOException {
        Path keys = Files.move(box.keyFile(), box.home().resolve("own.txt"));
        box.rules("creation_rules: [{path_regex: nothing, age: '" + AgeIdentity.generate().recipient() + "'}]");
        box.set("SOPS_AGE_RECIPIENTS", AgeIdentity.generate().recipient());
        StorageOptions options = engine.options().withAgeRecipients(List.of(box.identity().recipient())).withAgeKeyFile(keys);
        byte[] document = ProgramEngine.encrypt(options, DOCUMENT, "file.json");
        assertThat(new String(document, StandardCharsets.UTF_8)).contains(box.identity().recipient())
                .containsOnlyOnce("recipient");
        assertThat(ProgramEngine.decrypt(options, document)).isNotEmpty();
        assertThatThrownBy(() -> engine.decrypt(document)).as("without the key file")
                .isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining(box.identity().recipient());
        // Neither key file hides the other
        box.set("SOPS_AGE_KEY_FILE", keys.toString());
        Path other = Sandbox.write(box.home().resolve("other.txt"), AgeIdentity.generate().secretKey());
        assertThat(ProgramEngine.decrypt(engine.options().withAgeKeyFile(other), document)).isNotEmpty();
    }

    @Test
    void anOrdinaryFailureSaysWhatSopsSaid() {
        box.ruleFor("age1tokentest1wp6kymrfvvs8qctjwssrz82wsy8");
        assertThatThrownBy(() -> engine.encrypt(DOCUMENT, "file.json")).isExactlyInstanceOf(TokenStorageException.class)
                .hasMessageContaining(".sops.yaml, rule 1").hasMessageContaining("\"tokentest\" plugin not found");
        box.ruleFor("age1nonsense");
        assertThatThrownBy(() -> engine.encrypt(DOCUMENT, "file.json")).isInstanceOf(TokenStorageException.class)
                .hasMessageContaining("rule 1").hasMessageContaining("age1nonsense");
    }

    @Test
    void damageIsToldFromAMissingKeyAndNothingIsQuoted() {
        box.ruleFor(box.identity().recipient());
        String document = new String(
                engine.encrypt("{\"a\":\"pLaNtEd1\",\"b\":true}".getBytes(StandardCharsets.UTF_8), "file.json"),
                StandardCharsets.UTF_8);
        for (String damaged : List.of(document.replaceFirst("\"mac\": \"ENC[^\"]*\"", "\"mac\": \"\""),
                document.replaceFirst("\"b\": \"ENC[^\"]*\",", ""), document.replaceFirst("\"a\": \"ENC", "\"c\": \"ENC"),
                document.replaceFirst("\"a\": \"ENC[^\"]*\"", "\"a\": \"pLaNtEd2\""),
                document.replaceFirst("\"b\": \"ENC[^\"]*\"", "\"b\": true"),
                document.replaceFirst("\"lastmodified\": \"2", "\"lastmodified\": \"3"),
                document.replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"x\""))) {
            assertThat(damaged).isNotEqualTo(document);
            assertThatThrownBy(() -> engine.decrypt(damaged.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageNotContaining("pLaNtEd").hasNoCause();
        }
        Sandbox.write(box.keyFile(), AgeIdentity.generate().secretKey() + "\n");
        assertThatThrownBy(() -> engine.decrypt(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining(box.identity().recipient())
                .hasMessageContaining("did not match any of the recipients");
    }
}
