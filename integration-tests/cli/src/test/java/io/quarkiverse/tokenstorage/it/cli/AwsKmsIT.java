package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.it.programs.KmsServer;

/** Tokens under a key in AWS KMS, from the command line as it was built, be it for the JVM or native. */
class AwsKmsIT {

    private static final byte[] RESPONSE = "{\"access_token\": \"planted\", \"expires_in\": 3600}".getBytes(UTF_8);
    private static final String ROLE = "arn:aws:iam::123456789012:role/tokens";

    @TempDir
    static Path logs;
    static KmsServer aws;
    static String key;

    @TempDir
    Path home;
    private Program program;

    @BeforeAll
    static void start() {
        aws = KmsServer.start(logs.resolve("kms.log"));
        key = aws.createKey("eu-west-1");
    }

    @AfterAll
    static void stop() {
        if (aws != null) {
            aws.close();
        }
    }

    @BeforeEach
    void program() {
        program = new Program(home).with("AWS_ENDPOINT_URL", aws.endpoint()).with("AWS_EC2_METADATA_DISABLED", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = { "kms: KEY+ROLE", "key_groups: [{kms: [{arn: KEY, context: {a: b}, aws_profile: chained}]}]" })
    void whatOneProcessImportsAnotherReads(String rule) throws IOException {
        program.write(".sops.yaml", "creation_rules:\n  - " + rule.replace("KEY", key).replace("ROLE", ROLE) + "\n");
        program.write(".aws/credentials", "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\n");
        program.write(".aws/config", "[profile chained]\nrole_arn = " + ROLE + "\nsource_profile = work\nregion = eu-west-1\n");
        Program user = program.with("AWS_PROFILE", "work");

        user.runWithInput(RESPONSE, "auth", "import", "corporate").succeeded();

        assertThat(Files.readString(program.tokenFile("corporate"))).contains("\"arn\": \"" + key).doesNotContain("planted");
        assertThat(user.run("auth", "token", "corporate").succeeded().out()).isEqualTo("planted\n");
    }

    @Test
    void withoutCredentialsTheFixIsNamed() {
        program.write(".sops.yaml", "creation_rules:\n  - kms: " + key + "\n");

        program.runWithInput(RESPONSE, "auth", "import", "corporate").failed(3, "AWS KMS key " + key,
                "there are no AWS credentials", "AWS_ACCESS_KEY_ID");

        assertThat(program.tokenFile("corporate")).doesNotExist();
    }

    @Test
    void aServiceThatCannotBeReached() {
        program.write(".sops.yaml", "creation_rules:\n  - kms: " + key + "\n");

        program.with("AWS_ACCESS_KEY_ID", "AKIATEST").with("AWS_SECRET_ACCESS_KEY", "s")
                .with("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:1").runWithInput(RESPONSE, "auth", "import", "corporate")
                .failed(1, "AWS KMS key " + key, "cannot be reached");
    }
}
