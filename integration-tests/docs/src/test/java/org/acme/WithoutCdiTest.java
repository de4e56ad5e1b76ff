package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

class WithoutCdiTest {

    // tag::isolated[]
    @TempDir
    Path directory;

    private CloseableTokenStorage isolated(String recipient, Path keyFile) {
        HostEnvironment nothing = new HostEnvironment(Map.of(), directory, directory.toString(), OperatingSystem.LINUX);
        return TokenStorages.sops(directory.resolve("tokens"), StorageOptions.defaults().withEnvironment(nothing)
                .withAgeRecipients(List.of(recipient)).withAgeKeyFile(keyFile));
    }
    // end::isolated[]

    @Test
    void readsWhatWasSavedElsewhere() {
        Path keyFile = directory.resolve("keys.txt");
        String recipient = AgeIdentityFile.create(keyFile, FastestX25519.detect(), new SecureRandom(), Clock.systemUTC());
        try (CloseableTokenStorage tokens = isolated(recipient, keyFile)) {
            tokens.save("corporate", AuthToken.builder("access-1").build());
        }

        assertThat(directory.resolve("tokens/corporate.token.sops.json")).isRegularFile();
        assertThat(WithoutCdi.load(directory.resolve("tokens"), recipient, keyFile).orElseThrow().accessToken())
                .isEqualTo("access-1");
    }

    @Test
    void aDirectoryIsMadeWhenTheFirstTokenIsSaved() {
        assertThat(WithoutCdi.load(directory.resolve("nothing"), "age1x", directory.resolve("keys.txt"))).isEmpty();
        assertThat(Files.exists(directory.resolve("nothing"))).isFalse();
    }
}
