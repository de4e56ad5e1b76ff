package io.quarkiverse.tokenstorage.sops.kms;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Saves a token for a key of AWS KMS, and answers with the class and the message of the failure. */
public final class SaveWithKms implements Callable<String> {

    @Override
    public String call() {
        Path home = Path.of(System.getProperty("java.io.tmpdir"));
        HostEnvironment environment = new HostEnvironment(Map.of("SOPS_KMS_ARN", FakeKms.ARN), home, home.toString(),
                OperatingSystem.LINUX);
        try (CloseableTokenStorage storage = TokenStorages.sops(home.resolve("never-made-by-kms"),
                StorageOptions.defaults().withEnvironment(environment))) {
            storage.save("corporate", AuthToken.builder("access").build());
            return "saved";
        } catch (TokenStorageException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
