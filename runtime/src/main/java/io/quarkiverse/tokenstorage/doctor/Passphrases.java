package io.quarkiverse.tokenstorage.doctor;

import io.quarkiverse.tokenstorage.sops.KeyKind;

/** What waits for a passphrase, which the doctor asks nobody for: fine if somebody can be asked when it is needed. */
final class Passphrases {

    private Passphrases() {
    }

    static Finding finding(String check, String detail, KeyKind kind, Installation installation) {
        boolean canAsk = new KeyOpening(installation.sops().orElseThrow()).canAsk(kind, installation.options().orElseThrow());
        return canAsk ? Finding.ok(check, detail)
                : Finding.warn(check, detail + "; here is neither a terminal nor anything else to ask for it on", fix(kind));
    }

    private static String fix(KeyKind kind) {
        return kind == KeyKind.PGP
                ? "on a terminal export GPG_TTY=$(tty); for a service give gpg-agent the passphrase before"
                        + " (gpg-preset-passphrase), or use a key without one"
                : "run this on a terminal; for a service provide the identity without a passphrase, or a program that prints it"
                        + " (SOPS_AGE_KEY_CMD, for SSH keys SOPS_AGE_SSH_PRIVATE_KEY_CMD)";
    }
}
