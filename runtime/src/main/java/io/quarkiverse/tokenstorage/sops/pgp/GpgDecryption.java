package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.PassphraseRequiredException;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException.Reason;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Has gpg open entries, and tells failures apart by its status lines. Thread-safe. */
final class GpgDecryption {

    private static final int MOST_AT_ONCE = 4;
    /** Many times a data key; a compressed message could be of any size. */
    private static final int LARGEST_DATA_KEY = 1024;
    /** A file may name any number of keys; told are as many. */
    private static final int MOST_KEY_IDS = 3;

    /** Error codes of libgpg-error. */
    private static final int BAD_PASSPHRASE = 11;
    private static final int WRONG_SECRET_KEY = 18;
    private static final int TIMEOUT = 62;
    private static final int NO_PINENTRY = 85;
    private static final int CANCELLED = 99;
    private static final int FULLY_CANCELLED = 198;

    private static final String DECRYPTED = "DECRYPTION_OKAY";
    private static final String NO_SECRET_KEY = "NO_SECKEY";

    private static final String WITHOUT_ASKING = "give gpg-agent the passphrase before (allow-preset-passphrase in"
            + " gpg-agent.conf and gpg-preset-passphrase, or one gpg -d by hand and a long default-cache-ttl), or use a key"
            + " without one";
    private static final String FOR_A_PERSON = "on a terminal, export GPG_TTY=$(tty); for a service, " + WITHOUT_ASKING;

    private final GpgProgram gpg;
    private final Duration attended;
    private final Duration unattended;
    private final boolean asking;
    private final RecentRefusals refusals;
    private final Semaphore permits = new Semaphore(MOST_AT_ONCE, true);

    /**
     * @param clock says when a key that was refused may be tried again
     * @param attended the longest that gpg may take when it may be asking a person
     * @param unattended the longest otherwise
     * @param asking whether it may ask
     */
    GpgDecryption(GpgProgram gpg, Clock clock, Duration attended, Duration unattended, boolean asking) {
        this.refusals = new RecentRefusals(clock);
        this.gpg = gpg;
        this.attended = attended;
        this.unattended = unattended;
        this.asking = asking;
    }

    DataKey unwrap(KeyEntry entry) {
        EncryptedMessage message;
        try {
            message = EncryptedMessage.parse(entry.enc());
        } catch (IllegalArgumentException e) {
            throw damaged(entry, e.getMessage());
        }
        Duration timeout = asking && gpg.canAskPerson() ? attended : unattended;
        acquire(timeout);
        try {
            Optional<String> refused = refusals.reason(message.keyIds());
            if (refused.isPresent()) {
                throw unavailable(refused.get());
            }
            return decrypt(entry, message, timeout);
        } finally {
            permits.release();
        }
    }

    private void acquire(Duration timeout) {
        try {
            if (!permits.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable(MOST_AT_ONCE + " other runs of gpg did not finish within " + timeout.toSeconds()
                        + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("waiting for other runs of gpg was interrupted");
        }
    }

    private DataKey decrypt(KeyEntry entry, EncryptedMessage message, Duration timeout) {
        // Whatever gpg.conf says, into no file whose name stands in the message; signatures mean nothing here
        List<String> arguments = new ArrayList<>(List.of("--no-armor", "--skip-verify", "--output", "-", "--decrypt"));
        if (!asking) {
            arguments.addAll(0, List.of("--pinentry-mode", "error"));
        }
        try (GpgRun run = gpg.run(arguments, message.bytes(), LARGEST_DATA_KEY, timeout)) {
            // It also succeeds with what is not encrypted at all
            if (run.succeeded() && run.hasStatus(DECRYPTED) && run.output().length > 0) {
                return DataKey.owning(run.output().clone());
            }
            throw failure(entry, message, run);
        } catch (ProcessFailureException e) {
            if (e.reason() == Reason.TOO_MUCH_OUTPUT) {
                throw damaged(entry, "it holds more than a data key");
            }
            String reason = e.getMessage() + GpgRun.tail(e.errorLines());
            if (e.reason() == Reason.TIMED_OUT) {
                reason += "; if it was asking for a passphrase that nobody gave: " + FOR_A_PERSON;
                refusals.add(tried(message, GpgRun.keyIds(NO_SECRET_KEY, e.errorLines())), reason);
            }
            throw unavailable(reason);
        } catch (IOException e) {
            throw unavailable(e.getMessage());
        }
    }

    private TokenStorageException failure(KeyEntry entry, EncryptedMessage message, GpgRun run) {
        Optional<Integer> error = run.error("pkdecrypt_failed");
        if (!asking && error.isPresent() && error.get() == NO_PINENTRY) {
            return new PassphraseRequiredException("it needs a passphrase, which gpg-agent does not have at this moment");
        }
        if (error.isPresent() && error.get() != WRONG_SECRET_KEY) {
            String reason = keyFailure(error.get(), run);
            refusals.add(tried(message, run.keyIds(NO_SECRET_KEY)), reason);
            return unavailable(reason);
        }
        if (run.hasStatus(DECRYPTED) && run.succeeded()) {
            return damaged(entry, "it holds nothing");
        }
        if (error.isPresent() || run.hasStatus("BADMDC") || run.hasStatus("NODATA") || run.hasStatus("BADARMOR")
                || run.hasStatus("DECRYPTION_KEY")) {
            return damaged(entry, "it does not open with the key it is for (" + run.text() + ")");
        }
        if (run.hasStatus(NO_SECRET_KEY)) {
            return unavailable("gpg has no secret key for it (" + keyIds(message) + "): gpg --import it, or set"
                    + " GNUPGHOME to the home that has it. gpg says: " + run.text());
        }
        if (run.succeeded()) {
            return unavailable("gpg " + (run.output().length == 0 ? "printed nothing" : "does not confirm that it decrypted it")
                    + " and claims success: check " + GpgProgram.VARIABLE);
        }
        return unavailable("gpg says: " + run.text());
    }

    /** The keys of a message that may have caused its failure. */
    private static List<String> tried(EncryptedMessage message, Set<String> absent) {
        List<String> tried = message.keyIds().stream().filter(keyId -> !absent.contains(keyId)).toList();
        // The key of a hidden recipient can be refused and is then called absent
        return tried.isEmpty() ? message.keyIds() : tried;
    }

    private static String keyFailure(int error, GpgRun run) {
        return switch (error) {
            case BAD_PASSPHRASE -> "the passphrase was wrong";
            case CANCELLED, FULLY_CANCELLED -> "the question for the passphrase was cancelled";
            case TIMEOUT -> "nobody answered the question for the passphrase: " + FOR_A_PERSON;
            case NO_PINENTRY -> "it needs a passphrase, and gpg-agent has no pinentry program to ask for it: install one, or "
                    + WITHOUT_ASKING;
            default -> run.hasStatus("PINENTRY_LAUNCHED")
                    ? "it needs a passphrase, and nobody could be asked for it (" + run.text() + "): " + FOR_A_PERSON
                    : "the secret key cannot be used (" + run.text() + ")";
        };
    }

    private static String keyIds(EncryptedMessage message) {
        List<String> ids = message.keyIds();
        return "key ID " + String.join(", ", ids.subList(0, Math.min(MOST_KEY_IDS, ids.size())))
                + (ids.size() > MOST_KEY_IDS ? ", …" : "");
    }

    /** Without the key: whoever tries several keys says of which one this is. */
    private static DataKeyUnavailableException unavailable(String reason) {
        return new DataKeyUnavailableException(reason);
    }

    private static DamagedDocumentException damaged(KeyEntry entry, String reason) {
        return new DamagedDocumentException("The PGP entry for " + PrintableText.of(entry.identity()) + " is damaged: "
                + reason + "; restore the file from a copy, or log in again");
    }
}
