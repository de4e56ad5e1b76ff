package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.storage.SopsSetup;

/** Encrypts a value as a token would be and reads it back, in memory. */
final class RoundTripCheck implements Check {

    private static final String NAME = "Can encrypt/decrypt test value";

    @Override
    public List<Finding> examine(Subject subject) {
        return List.of(subject.sops().map(sops -> examine(subject, sops, subject.ruleTargets().get(0)))
                .orElseGet(() -> Finding.skipped(NAME, Subject.NOT_ENCRYPTED)));
    }

    private static Finding examine(Subject subject, SopsSetup sops, Path target) {
        JsonObject plain = JsonObject.builder().add("access_token", "test value").build();
        byte[] encrypted;
        try (PreparedEncryption encryption = sops.engine().prepare(sops.rules().ruleFor(target))) {
            encrypted = encryption.encrypt(plain);
        } catch (StorageNotConfiguredException e) {
            return Finding.notConfigured(NAME, e.getMessage(), RulesFix.of(subject));
        } catch (TokenStorageException e) {
            return Finding.fail(NAME, e.getMessage(), "see the checks below");
        }
        return decrypted(sops, encrypted, plain, target);
    }

    private static Finding decrypted(SopsSetup sops, byte[] encrypted, JsonObject plain, Path target) {
        try {
            return sops.engine().decrypt(encrypted, "the test value").equals(plain)
                    ? Finding.ok(NAME, "as " + target.getFileName())
                    : Finding.fail(NAME, "the value came back changed", "please report this");
        } catch (StorageNotConfiguredException e) {
            return Finding.notConfigured(NAME, "encrypted, but not decrypted: " + e.getMessage(), "correct the setting");
        } catch (DataKeyUnavailableException e) {
            return Finding.fail(NAME, "encrypted, but not decrypted: " + e.getMessage(),
                    "add your own recipient to the rule, or the identity to where it is looked for");
        } catch (TokenStorageException e) {
            return Finding.fail(NAME, e.getMessage(), "see the checks below");
        }
    }
}
