package org.acme;

// tag::all[]
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

public final class WithoutCdi {

    /** @param arguments the token directory, a recipient (age1…), and the file with its identity */
    public static void main(String[] arguments) {
        StorageOptions options = StorageOptions.defaults()
                .withAgeRecipients(List.of(arguments[1]))
                .withAgeKeyFile(Path.of(arguments[2]))
                .withLockTimeout(Duration.ofSeconds(30));
        try (CloseableTokenStorage tokens = TokenStorages.sops(Path.of(arguments[0]), options)) {
            tokens.save("corporate", AuthToken.builder("access-1").refreshToken("refresh-1").build());
            System.out.println(tokens.load("corporate").orElseThrow());
        }
    }
}
// end::all[]
