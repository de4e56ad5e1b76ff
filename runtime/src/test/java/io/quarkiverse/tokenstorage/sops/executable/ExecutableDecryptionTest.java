package io.quarkiverse.tokenstorage.sops.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.AlreadyEncryptedException;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

/** How the engine has a document decrypted, and how it tells apart why that failed. */
class ExecutableDecryptionTest extends FakeSopsTestCase {

    @Test
    void decryptionAsksBothKeyFilesAndNoRules() {
        variables.putAll(Map.of("SOPS_AGE_KEY_FILE", "/from/variable", "SOPS_AGE_KEY", IDENTITY));
        sops.does("[ \"$SOPS_AGE_KEY_FILE\" = /from/variable ] || exit 128; echo '{\"a\":\"b\"}'");
        try (ExecutableEngine engine = engine(sops.program().toString(), Duration.ofSeconds(30),
                Optional.of(Path.of("configured.txt")))) {
            assertThat(engine.decrypt(encrypted(rule(), PLAIN), "x")).isEqualTo(JsonObject.builder().add("a", "b").build());
        }
        assertThat(sops.calls()).last().isEqualTo("--config /dev/null decrypt --input-type json --output-type json");
        assertThat(sops.variables(2)).contains("SOPS_AGE_KEY_FILE=" + directory.resolve("configured.txt"),
                "SOPS_AGE_KEY=" + IDENTITY);
        assertThat(sops.variables(3)).contains("SOPS_AGE_KEY_FILE=/from/variable");
    }

    @Test
    void theSecondKeyFileIsNotAskedAboutDamage() {
        variables.put("SOPS_AGE_KEY_FILE", "/from/variable");
        sops.does("exit 51");
        try (ExecutableEngine engine = engine(sops.program().toString(), Duration.ofSeconds(30),
                Optional.of(Path.of("/configured.txt")))) {
            assertThatThrownBy(() -> engine.decrypt(encrypted(rule(), PLAIN), "x"))
                    .isInstanceOf(DamagedDocumentException.class);
        }
        assertThat(sops.calls()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({ "128,DataKeyUnavailableException", "51,DamagedDocumentException", "25,DamagedDocumentException",
            "52,DamagedDocumentException", "112,StorageNotConfiguredException", "1,TokenStorageException",
            "2,TokenStorageException", "137,TokenStorageException", "203,TokenStorageException" })
    void exitCodesOfDecryptionAreToldApartAndWordsAboutValuesWithheld(int exitCode, String expected) {
        sops.does("echo '{\"access_token\": \"" + SECRET
                + "\"}'; [ %d = 128 ] || echo 'Input string %s does not match' >&2; exit %d"
                        .formatted(exitCode, SECRET, exitCode));

        TokenStorageException failure = catchThrowableOfType(TokenStorageException.class,
                () -> engine().decrypt(encrypted(rule(), PLAIN), "tokens/x.sops.json"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure).hasMessageNotContaining(SECRET).hasNoCause();
        if (exitCode != 112) {
            assertThat(failure).hasMessageStartingWith("tokens/x.sops.json");
        }
    }

    @Test
    void whyNoKeyOpensIsToldWithoutCredentials() {
        variables.putAll(Map.of("VAULT_TOKEN", "hvs.vAuLtToKeN", "AWS_SECRET_ACCESS_KEY", "aWsSeCrEt9876", "SOPS_AGE_KEY",
                IDENTITY + " " + IDENTITY.replace("KEY-1C", "KEY-1D"), "SOPS_AGE_KEY_CMD", "print-key --pin 123456789",
                "SOPS_AGE_KEY_FILE", "/keys/here.txt"));
        sops.does("""
                cat >&2 <<EOF
                Failed to get the data key required to decrypt the SOPS file.

                Group 0: FAILED
                  https://vault/v1/transit/keys/k: FAILED
                    - | error: no access with hvs.vAuLtToKeN or aWsSeCrEt9876 of
                      | /keys/here.txt after '123456789' printed AGE-PLUGIN-X-1QQQ and
                      | $SOPS_AGE_KEY

                Recovery failed because no master key was able to decrypt the file.
                EOF
                exit 128
                """);

        assertThatThrownBy(() -> engine().decrypt(encrypted(rule(), PLAIN), "x.sops.json"))
                .isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage("x.sops.json: sops has no key that opens it: https://vault/v1/transit/keys/k: FAILED; error: no"
                        + " access with [VAULT_TOKEN] or [AWS_SECRET_ACCESS_KEY] of; /keys/here.txt after"
                        + " '[SOPS_AGE_KEY_CMD]' printed [identity] and; [identity] [identity]");
    }

    @Test
    void whatIsNoSopsDocumentDoesNotReachTheProgram() {
        assertThatThrownBy(() -> engine().decrypt(PLAIN, "x")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("not encrypted with SOPS").hasMessageNotContaining(SECRET);
        try (PreparedEncryption encryption = engine().prepare(rule())) {
            assertThatThrownBy(() -> encryption.encrypt(JsonReader.read(bytes("{\"sops\":1}"), "plain")))
                    .isInstanceOf(AlreadyEncryptedException.class);
        }
        assertThat(sops.calls()).isEmpty();
    }

    @Test
    void whatTheProgramDecryptsMustBeJson() {
        sops.does("printf '{\"access_token\": " + SECRET + "}'");

        assertThatThrownBy(() -> engine().decrypt(encrypted(rule(), PLAIN), "x")).isInstanceOf(TokenStorageException.class)
                .hasMessageContaining("what sops made of x").hasMessageNotContaining(SECRET).hasNoCause();
    }
}
