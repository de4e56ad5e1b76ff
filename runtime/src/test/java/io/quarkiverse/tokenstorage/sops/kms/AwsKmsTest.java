package io.quarkiverse.tokenstorage.sops.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KmsKey;

/** Calls of the service that succeed, and all the ways in which they fail. */
class AwsKmsTest {

    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes();
    private static final CallLimits SHORT = new CallLimits(Duration.ofMillis(300), Duration.ofSeconds(1),
            Duration.ofSeconds(2));
    private static final KmsKey KEY = key(FakeKms.ARN, "", "", Map.of());

    @TempDir
    Path home;
    final FakeKms service = new FakeKms();
    private AwsKms kms;

    @AfterEach
    void close() {
        if (kms != null) {
            kms.close();
        }
        service.close();
    }

    @Test
    void wrapsAndUnwraps() {
        AwsKms kms = kms(service.variables(home));
        KmsKey key = key(FakeKms.ARN, "", "", Map.of("b", "2", "a", "1"));
        assertThat(kms.decrypt(key, kms.encrypt(key, DATA_KEY))).isEqualTo(DATA_KEY);
        assertThat(service.calls()).containsExactly("Encrypt", "Decrypt");
        assertThat(service.bodies()).allSatisfy(
                body -> assertThat(body).contains("\"KeyId\":\"" + FakeKms.ARN + "\"", "\"EncryptionContext\":{"));
    }

    @Test
    void assumesARoleOnceForManyCalls() {
        AwsKms kms = kms(service.variables(home));
        KmsKey key = key(FakeKms.ARN, FakeKms.ROLE, "", Map.of());
        kms.decrypt(key, kms.encrypt(key, DATA_KEY));
        assertThat(service.calls()).containsExactly("AssumeRole", "Encrypt", "Decrypt");
        assertThat(service.bodies().get(0)).contains("RoleSessionName=sops%40", "RoleArn=arn%3Aaws%3Aiam");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "400 | AccessDeniedException | kms:Encrypt was denied (AccessDeniedException, request 11111111-",
            "400 | ExpiredTokenException | have expired",
            "400 | UnrecognizedClientException | does not accept the credentials",
            "400 | InvalidSignatureException | does not accept the credentials",
            "400 | DisabledException | the key is disabled",
            "400 | NotFoundException | there is no such key or alias",
            "400 | KMSInvalidStateException | not ready for use",
            "400 | InvalidKeyUsageException | not one for symmetric encryption",
            "400 | ValidationException | kms:Encrypt was refused (ValidationException" })
    void tellsWhatHasToBeChanged(int status, String code, String said) {
        AwsKms kms = kms(service.variables(home));
        service.failing(status, code);
        assertFailure(catchThrowable(() -> kms.encrypt(KEY, DATA_KEY)), StorageNotConfiguredException.class, said);
        assertThat(service.calls()).containsExactly("Encrypt");
        assertFailure(catchThrowable(() -> kms.decrypt(KEY, DATA_KEY)), DataKeyUnavailableException.class,
                said.replace("Encrypt", "Decrypt"));
        service.working();
        assertThat(kms.encrypt(KEY, DATA_KEY)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "400 | ThrottlingException | was throttled (ThrottlingException",
            "500 | KMSInternalException | out of order (KMSInternalException",
            "503 | 'a b' | out of order (HTTP status 503" })
    void triesAgainButNotForEver(int status, String code, String said) {
        AwsKms kms = kms(service.variables(home), new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(20),
                Duration.ofSeconds(5)));
        service.failing(status, code);
        assertFailure(catchThrowable(() -> kms.encrypt(KEY, DATA_KEY)), TokenStorageException.class, said);
        assertThat(service.calls()).containsExactly("Encrypt", "Encrypt", "Encrypt");
    }

    @Test
    void aDamagedEntryIsNotAMissingKey() {
        AwsKms kms = kms(service.variables(home));
        service.failing(400, "InvalidCiphertextException");
        assertFailure(catchThrowable(() -> kms.decrypt(KEY, DATA_KEY)), DamagedDocumentException.class, "is damaged");
        assertThat(catchThrowable(() -> kms.decrypt(key(FakeKms.ARN, "", "", Map.of("a", "1", "b", "2")), DATA_KEY)))
                .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("before 3.3.0");
        service.failing(400, "IncorrectKeyException");
        assertFailure(catchThrowable(() -> kms.decrypt(KEY, DATA_KEY)), DataKeyUnavailableException.class,
                "wrapped with another key");
    }

    @Test
    void waitsForABoundedTime() {
        AwsKms kms = kms(service.variables(home), SHORT);
        service.silent();
        long start = System.nanoTime();
        assertFailure(catchThrowable(() -> kms.encrypt(KEY, DATA_KEY)), TokenStorageException.class,
                "did not answer kms:Encrypt within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aServiceThatIsNotThere() throws IOException {
        Map<String, String> variables = service.variables(home);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            variables.put("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:" + free.getLocalPort());
        }
        AwsKms kms = kms(variables);
        assertFailure(catchThrowable(() -> kms.decrypt(KEY, DATA_KEY)), DataKeyUnavailableException.class,
                "AWS KMS cannot be reached");
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void aHostThatIsNotKnown() {
        Map<String, String> variables = service.variables(home);
        variables.put("AWS_ENDPOINT_URL_KMS", "http://kms.invalid");
        AwsKms kms = kms(variables);
        assertFailure(catchThrowable(() -> kms.decrypt(KEY, DATA_KEY)), DataKeyUnavailableException.class,
                "is not known: check the region");
    }

    @Test
    void noCredentialsAnywhere() throws IOException {
        Map<String, String> variables = service.variables(home);
        variables.remove("AWS_SECRET_ACCESS_KEY");
        AwsKms kms = kms(variables);
        assertFailure(catchThrowable(() -> kms.encrypt(KEY, DATA_KEY)), StorageNotConfiguredException.class,
                "there are no AWS credentials");
        assertThat(service.calls()).isEmpty();
        credentialsFile("[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = x\n");
        assertThat(kms.encrypt(KEY, DATA_KEY)).as("found when they are there").isNotEmpty();
    }

    @Test
    void credentialsOfAProfile() throws IOException {
        AwsKms kms = kms(service.variables(home));
        KmsKey key = key(FakeKms.ARN, "", "work", Map.of());
        assertFailure(catchThrowable(() -> kms.encrypt(key, DATA_KEY)), StorageNotConfiguredException.class,
                "with profile work: the profile is not there, or what it names gives no AWS credentials");
        credentialsFile("[work]\naws_access_key_id = AKIAFILE\naws_secret_access_key = x\n");
        assertThat(kms.encrypt(key, DATA_KEY)).isNotEmpty();
        Files.writeString(home.resolve(".aws/config"), "this is\nno = configuration [\n");
        try (AwsKms another = new AwsKms(service.environment(home), Optional.empty(), SHORT)) {
            assertThat(catchThrowable(() -> another.encrypt(key, DATA_KEY))).isInstanceOf(TokenStorageException.class)
                    .hasMessageContaining("AWS KMS key " + FakeKms.ARN).hasMessageNotContaining("\n");
        }
    }

    @Test
    void aProgramForCredentialsThatHangs() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), "[profile slow]\ncredential_process = /bin/sleep 60\n");
        AwsKms kms = kms(service.variables(home), SHORT);
        long start = System.nanoTime();
        assertFailure(catchThrowable(() -> kms.encrypt(key(FakeKms.ARN, "", "slow", Map.of()), DATA_KEY)),
                TokenStorageException.class, "nothing gave AWS credentials within 2 s", "credential_process");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aProgramThatHangsIsNotStartedAgain() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Path program = Files.writeString(home.resolve("credentials.sh"), """
                #!/bin/sh
                echo started >>%1$s/starts
                while [ ! -e %1$s/go ]; do sleep 0.05; done
                echo '{"Version":1,"AccessKeyId":"AKIAPLANTED","SecretAccessKey":"x"}'
                """.formatted(home), UTF_8);
        Files.writeString(home.resolve(".aws/config"), "[profile slow]\ncredential_process = /bin/sh " + program + "\n");
        AwsKms kms = kms(service.variables(home), SHORT);
        KmsKey key = key(FakeKms.ARN, "", "slow", Map.of());
        assertFailure(catchThrowable(() -> kms.encrypt(key, DATA_KEY)), TokenStorageException.class, "within 2 s");
        for (int i = 0; i < 3; i++) {
            assertFailure(catchThrowable(() -> kms.decrypt(key, DATA_KEY)), DataKeyUnavailableException.class,
                    "still hangs since it was asked before", "credential_process");
        }
        assertThat(Files.readAllLines(home.resolve("starts"))).containsExactly("started");
        assertThat(kms.encrypt(KEY, DATA_KEY)).as("with other credentials").isNotEmpty();

        Files.writeString(home.resolve("go"), "");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        byte[] wrapped = null;
        while (wrapped == null && System.nanoTime() - deadline < 0) {
            try {
                wrapped = kms.encrypt(key, DATA_KEY);
            } catch (TokenStorageException e) {
                assertThat(e).hasMessageContaining("still hangs");
                Thread.onSpinWait();
            }
        }
        assertThat(wrapped).as("once it has ended").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "[]", "", "<html>sign in</html>", "{\"Plaintext\":\"\",\"CiphertextBlob\":\"\"}",
            "{\"Plaintext\":7,\"CiphertextBlob\":\"*\"}", "null" })
    void whatAnswersMayBeSomethingElse(String answer) {
        AwsKms kms = kms(service.variables(home));
        service.answering(answer);
        assertFailure(catchThrowable(() -> kms.encrypt(KEY, DATA_KEY)), TokenStorageException.class, "kms:Encrypt");
        assertFailure(catchThrowable(() -> kms.decrypt(KEY, DATA_KEY)), DataKeyUnavailableException.class, "kms:Decrypt");
        service.working();
        assertThat(kms.encrypt(KEY, DATA_KEY)).isNotEmpty();
    }

    @Test
    void aRoleThatIsDenied() {
        AwsKms kms = kms(service.variables(home));
        service.failing(403, "AccessDenied");
        assertFailure(catchThrowable(() -> kms.encrypt(key(FakeKms.ARN, FakeKms.ROLE, "", Map.of()), DATA_KEY)),
                StorageNotConfiguredException.class, "with role " + FakeKms.ROLE + ": sts:AssumeRole was denied");
        assertThat(service.calls()).containsExactly("AssumeRole");
    }

    @Test
    void anEndpointThatIsNone() {
        Map<String, String> variables = service.variables(home);
        variables.put("AWS_ENDPOINT_URL_KMS", "user:planted@localhost:1");
        AwsKms kms = kms(variables);
        assertThatThrownBy(() -> kms.encrypt(KEY, DATA_KEY)).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageContaining("AWS_ENDPOINT_URL_KMS").hasMessageNotContaining("planted");
    }

    @Test
    void anInterruptStopsTheWaitAndStays() {
        AwsKms kms = kms(service.variables(home));
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> kms.encrypt(KEY, DATA_KEY))).isInstanceOf(TokenStorageException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void afterClosingNothingIsCalled() {
        AwsKms kms = kms(service.variables(home));
        kms.encrypt(KEY, DATA_KEY);
        kms.close();
        assertThatThrownBy(() -> kms.encrypt(KEY, DATA_KEY)).isInstanceOf(IllegalStateException.class);
    }

    private static void assertFailure(Throwable failure, Class<?> type, String... said) {
        assertThat(failure).isInstanceOf(type).hasMessageStartingWith("AWS KMS key " + FakeKms.ARN)
                .hasMessageContainingAll(said).hasNoCause().hasNoSuppressedExceptions();
        assertThat(failure.getMessage()).doesNotContain("planted", "\n", "MDEyMzQ1Njc4OWFi", "AKIA");
    }

    private AwsKms kms(Map<String, String> variables) {
        return kms(variables, CallLimits.DEFAULT);
    }

    private AwsKms kms(Map<String, String> variables, CallLimits limits) {
        kms = new AwsKms(FakeKms.environment(home, new HashMap<>(variables)), Optional.empty(), limits);
        return kms;
    }

    private void credentialsFile(String content) throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/credentials"), content);
    }

    private static KmsKey key(String arn, String role, String profile, Map<String, String> context) {
        return new KmsKey(arn, role, profile, new TreeMap<>(context));
    }
}
