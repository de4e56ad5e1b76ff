package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.TokenStorageException;

/** Reads every stored token. Damaged, no key, locked and not accessible are different troubles with different fixes. */
final class StoredTokenCheck implements Check {

    private static final String NAME = "Stored tokens readable";

    @Override
    public List<Finding> examine(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        List<String> readable = new ArrayList<>();
        try {
            for (String provider : subject.storage().providers()) {
                read(subject, provider, readable, findings);
            }
        } catch (TokenStorageException e) {
            return List.of(Finding.fail(NAME, e.getMessage(), "see 'Settings understood' and 'Token directory'"));
        }
        if (!readable.isEmpty()) {
            findings.add(0, Finding.ok(NAME, String.join(", ", readable)));
        }
        return findings.isEmpty() ? List.of(Finding.ok(NAME, "none is stored yet")) : findings;
    }

    private static void read(Subject subject, String provider, List<String> readable, List<Finding> findings) {
        String again = "or log in again: " + subject.command("auth logout " + provider);
        try {
            if (subject.storage().load(provider).isPresent()) {
                readable.add(provider);
            }
        } catch (DamagedDocumentException e) {
            findings.add(failure(provider, "damaged", e, "restore the file from a copy, " + again));
        } catch (DataKeyUnavailableException e) {
            findings.add(failure(provider, "no key", e, "provide the identity it was encrypted for, " + again));
        } catch (LockTimeoutException e) {
            findings.add(failure(provider, "locked", e, "wait for that process, or end it if it hangs"));
        } catch (TokenStorageException e) {
            findings.add(failure(provider, "not accessible", e, again.substring("or ".length())));
        }
    }

    private static Finding failure(String provider, String kind, TokenStorageException e, String fix) {
        return Finding.fail(NAME, provider + ": " + kind + ": " + e.getMessage(), fix);
    }
}
