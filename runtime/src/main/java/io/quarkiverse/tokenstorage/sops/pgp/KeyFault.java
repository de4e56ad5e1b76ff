package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Finds out why gpg calls a key unusable: it says no more than that. */
final class KeyFault {

    private static final int LARGEST_LISTING = 1 << 20;
    private static final byte[] NO_INPUT = {};

    private final GpgProgram gpg;
    private final Duration timeout;

    KeyFault(GpgProgram gpg, Duration timeout) {
        this.gpg = gpg;
        this.timeout = timeout;
    }

    /** What is wrong with the key, and the fix; empty if nothing that can be seen. */
    Optional<String> of(Fingerprint fingerprint) {
        try (GpgRun run = gpg.run(List.of("--with-colons", "--list-keys", fingerprint.text()), NO_INPUT, LARGEST_LISTING,
                timeout)) {
            return of(fingerprint, KeyListing.parse(run.output()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> of(Fingerprint fingerprint, KeyListing listing) {
        if (listing.blocks().isEmpty()) {
            return Optional.of("it has no such public key: gpg --import its file, or gpg --recv-keys " + fingerprint.digits()
                    + "; or set GNUPGHOME to the home that has it");
        }
        KeyListing.Block block = listing.blocks().get(0);
        KeyListing.Key primary = block.primary();
        Optional<String> dead = dead(primary, "the key", "gpg --quick-set-expire " + primary.fingerprint() + " 1y");
        if (dead.isPresent()) {
            return dead;
        }
        if (primary.capabilities().indexOf('D') >= 0 || primary.validity().equals("d")) {
            return Optional.of("the key is disabled: gpg --edit-key " + primary.fingerprint() + " enable");
        }
        if (fingerprint.exact()) {
            return block.keys().stream().filter(key -> fingerprint.names(key.fingerprint())).findFirst()
                    .flatMap(key -> subkeyFault(primary, key));
        }
        return primary.capabilities().indexOf('E') >= 0 ? Optional.empty() : Optional.of(noSubkey(block));
    }

    private static Optional<String> subkeyFault(KeyListing.Key primary, KeyListing.Key key) {
        if (!key.encrypts()) {
            return Optional.of("the key with this fingerprint is not for encryption: name an encryption subkey, or leave out"
                    + " the !");
        }
        return dead(key, "the subkey",
                "gpg --quick-set-expire " + primary.fingerprint() + " 1y " + key.fingerprint());
    }

    private static Optional<String> dead(KeyListing.Key key, String what, String extend) {
        return switch (key.validity()) {
            case "r" -> Optional.of(what + " is revoked: name another one in the rule");
            case "e" -> Optional.of(what + " expired" + date(key.expiry()) + ": extend it (" + extend
                    + ") or name another one in the rule");
            case "i" -> Optional.of(what + " is not valid, it lacks a self-signature: import it anew");
            default -> Optional.empty();
        };
    }

    private static String noSubkey(KeyListing.Block block) {
        KeyListing.Key primary = block.primary();
        for (KeyListing.Key key : block.keys()) {
            Optional<String> fault = key.encrypts() ? subkeyFault(primary, key) : Optional.empty();
            if (fault.isPresent()) {
                return "of its keys for encryption " + fault.get();
            }
        }
        return "it has no subkey for encryption: add one (gpg --quick-add-key " + primary.fingerprint()
                + " default encr) or name another key in the rule";
    }

    private static String date(String seconds) {
        return seconds.matches("\\d{1,11}")
                ? " on " + Instant.ofEpochSecond(Long.parseLong(seconds)).atOffset(ZoneOffset.UTC).toLocalDate()
                : "";
    }
}
