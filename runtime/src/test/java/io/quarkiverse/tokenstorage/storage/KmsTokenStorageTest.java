package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.kms.FakeKms;

/** What a storage costs in calls of AWS KMS, and that no refresh token is spent when one fails. */
class KmsTokenStorageTest {

    private static final String OTHER_ARN = FakeKms.ARN.replace("7aa61044", "00000000");
    private static final AuthToken TOKEN = AuthToken.builder("access").refreshToken("refresh").build();

    @TempDir
    Path home;
    final FakeKms aws = new FakeKms();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aSaveCostsOneCallForEachKeyAndALoadOne() {
        try (CloseableTokenStorage storage = storage(FakeKms.ARN + "," + OTHER_ARN)) {
            storage.save("corporate", TOKEN);
            assertThat(aws.calls()).containsExactly("Encrypt", "Encrypt");
            assertThat(storage.load("corporate")).as("a data key just made is known").contains(TOKEN);
            assertThat(aws.calls()).hasSize(2);
        }
        try (CloseableTokenStorage storage = storage(FakeKms.ARN + "," + OTHER_ARN)) {
            assertThat(storage.load("corporate")).contains(TOKEN);
            assertThat(aws.calls()).containsExactly("Encrypt", "Encrypt", "Decrypt");
            assertThat(storage.load("corporate")).contains(TOKEN);
            assertThat(storage.exists("corporate")).isTrue();
            assertThat(aws.calls()).hasSize(3);
            storage.update("corporate", token -> token);
            assertThat(aws.calls()).as("an update gets its new data key before it knows that nothing changes").hasSize(5);
            storage.delete("corporate");
            assertThat(aws.calls()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "AccessDeniedException", "ThrottlingException", "DisabledException", "ExpiredTokenException",
            "KMSInternalException" })
    void whenWrappingFailsNothingIsSpent(String code) throws IOException {
        try (CloseableTokenStorage storage = storage(FakeKms.ARN)) {
            storage.save("corporate", TOKEN);
            Path file = home.resolve("tokens/corporate.token.sops.json");
            byte[] before = Files.readAllBytes(file);
            AtomicInteger changes = new AtomicInteger();
            aws.failing(400, code);
            assertThatThrownBy(() -> storage.update("corporate", token -> {
                changes.incrementAndGet();
                return Optional.of(AuthToken.builder("new").build());
            })).isInstanceOf(TokenStorageException.class).hasMessageContaining(FakeKms.ARN).hasMessageContaining(code)
                    .satisfies(failure -> assertThat(((TokenStorageException) failure).unsavedToken()).isEmpty());
            assertThat(changes).hasValue(0);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(storage.load("corporate")).contains(TOKEN);
            try (var files = Files.list(home.resolve("tokens"))) {
                assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(".tmp-")))
                        .isEmpty();
            }
            aws.working();
            storage.update("corporate", token -> Optional.of(AuthToken.builder("new").build()));
            assertThat(storage.load("corporate").orElseThrow().accessToken()).isEqualTo("new");
        }
    }

    @Test
    void aSaveThatFailsKeepsTheOldTokenAndCarriesTheNewOne() {
        try (CloseableTokenStorage storage = storage(FakeKms.ARN)) {
            storage.save("corporate", TOKEN);
            aws.failing(400, "AccessDeniedException");
            AuthToken another = AuthToken.builder("another").build();
            assertThatThrownBy(() -> storage.save("corporate", another)).isInstanceOfSatisfying(TokenStorageException.class,
                    failure -> assertThat(failure.unsavedToken()).contains(another));
            assertThat(storage.load("corporate")).contains(TOKEN);
        }
    }

    private CloseableTokenStorage storage(String arns) {
        Map<String, String> variables = aws.variables(home);
        variables.put("SOPS_KMS_ARN", arns);
        return TokenStorages.sops(home.resolve("tokens"),
                StorageOptions.defaults().withEnvironment(FakeKms.environment(home, variables)));
    }
}
