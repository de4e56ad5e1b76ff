package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.doctor.KeyOpening.Outcome;
import io.quarkiverse.tokenstorage.doctor.StoredTokens.Reading;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.text.ShortList;

/**
 * Whether every stored token can be read. Damaged, no key, locked and not accessible are different troubles with different
 * fixes.
 */
final class StoredTokenCheck implements Check {

    private static final String NAME = "Stored tokens readable";

    @Override
    public List<Finding> examine(Installation installation) {
        return examine(installation, installation.stored());
    }

    static List<Finding> examine(Installation installation, StoredTokens stored) {
        if (stored.failure().isPresent()) {
            return List.of(Finding.fail(NAME, stored.failure().get().getMessage(),
                    AccessFix.ofDirectories(installation.inspections())
                            .orElse("see 'Settings understood' and 'Token directory'")));
        }
        List<Finding> findings = new ArrayList<>();
        List<String> readable = new ArrayList<>();
        for (Reading reading : stored.readings()) {
            reading.token().ifPresent(token -> readable.add(reading.provider()));
            reading.failure().ifPresent(failure -> findings.add(verdict(installation, reading, failure)));
        }
        if (!readable.isEmpty()) {
            findings.add(0, Finding.ok(NAME, ShortList.of(readable)));
        }
        return findings.isEmpty() ? List.of(Finding.ok(NAME, "none is stored yet")) : findings;
    }

    private static Finding verdict(Installation installation, Reading reading, TokenStorageException failure) {
        String again = "or log in again: " + installation.command("auth logout " + reading.provider());
        if (failure instanceof DamagedDocumentException) {
            return failure(reading, "damaged", failure, "restore the file from a copy, " + again);
        } else if (failure instanceof DataKeyUnavailableException) {
            return keyless(installation, reading, failure, again);
        } else if (failure instanceof LockTimeoutException) {
            return failure(reading, "locked", failure, "wait for that process, or end it if it hangs");
        } else if (failure instanceof NoAnswerException) {
            return failure(reading, "not read", failure,
                    "see whether 'gpg --list-secret-keys' answers, and the network and the credentials of AWS");
        }
        return failure(reading, "not accessible", failure,
                AccessFix.ofFile(installation.inspections(), reading.provider()).orElse(again.substring("or ".length())));
    }

    private static Finding keyless(Installation installation, Reading reading, TokenStorageException failure, String again) {
        Optional<KeyOpening.Result> keyless = reading.keyless();
        if (keyless.filter(result -> result.outcome() == Outcome.AFTER_PASSPHRASE).isPresent()) {
            return Passphrases.finding(NAME, reading.provider() + ", not tried: " + keyless.get().reason(),
                    keyless.get().kind(),
                    installation);
        }
        return failure(reading, "no key", failure,
                keyless.filter(result -> result.outcome() == Outcome.NOT_BUILT_IN).isPresent()
                        ? KeyKind.ENGINE_FOR_THE_REST + ", " + again
                        : "provide the identity it was encrypted for, " + again);
    }

    private static Finding failure(Reading reading, String kind, TokenStorageException e, String fix) {
        return Finding.fail(NAME, reading.provider() + ": " + kind + ": " + e.getMessage(), fix);
    }
}
