package org.acme;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** The library in a program without CDI. */
final class WithoutCdi {

    private WithoutCdi() {
    }

    static void save(Path directory, String accessToken, String refreshToken) {
        // tag::save[]
        try (CloseableTokenStorage tokens = TokenStorages.sops(directory)) {
            tokens.save("corporate", AuthToken.builder(accessToken).refreshToken(refreshToken).build());
        }
        // end::save[]
    }

    static Optional<AuthToken> load(Path directory, String recipient, Path keyFile) {
        // tag::options[]
        StorageOptions options = StorageOptions.defaults()
                .withAgeRecipients(List.of(recipient))
                .withAgeKeyFile(keyFile)
                .withLockTimeout(Duration.ofSeconds(30));
        // end::options[]
        try (CloseableTokenStorage tokens = TokenStorages.sops(directory, options)) {
            return tokens.load("corporate");
        }
    }
}
