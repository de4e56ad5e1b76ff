package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** A PGP key that gpg has the public part of. */
final class PgpMasterKey implements MasterKey {

    /** The names of the fields of an entry, in the order in which sops writes them. */
    static final String CREATED_AT = "created_at";
    static final String ENC = "enc";
    static final String FINGERPRINT = "fp";

    private static final int LARGEST_MESSAGE = 1 << 16;

    private final GpgProgram gpg;
    private final Duration timeout;
    private final Fingerprint fingerprint;
    private final String createdAt;

    /** @param createdAt RFC 3339, to whole seconds */
    PgpMasterKey(GpgProgram gpg, Duration timeout, Fingerprint fingerprint, String createdAt) {
        this.gpg = gpg;
        this.timeout = timeout;
        this.fingerprint = fingerprint;
        this.createdAt = createdAt;
    }

    @Override
    public KeyKind kind() {
        return KeyKind.PGP;
    }

    @Override
    public String identity() {
        return fingerprint.text();
    }

    /** A rule may name a key by its long ID, a subkey, or in small letters. */
    @Override
    public boolean isOneOf(Set<String> identities) {
        return identities.stream().anyMatch(fingerprint::names);
    }

    @Override
    public KeyEntry wrap(DataKey dataKey) {
        // Trusting the key for this once, as the rule names it by its fingerprint: sops marks it in the trust database for good
        List<String> arguments = List.of("--trust-model", "always", "--no-default-recipient", "--no-encrypt-to", "--armor",
                "--output", "-", "--recipient", fingerprint.text(), "--encrypt");
        try (GpgRun run = gpg.run(arguments, dataKey.bytes(), LARGEST_MESSAGE, timeout)) {
            String enc = new String(run.output(), StandardCharsets.US_ASCII).strip();
            if (!run.succeeded()) {
                throw new StorageNotConfiguredException("gpg cannot encrypt for " + fingerprint.text() + ": "
                        + new KeyFault(gpg, timeout).of(fingerprint).orElse(run.text()));
            }
            if (enc.isEmpty()) {
                throw new StorageNotConfiguredException("gpg printed nothing when it was to encrypt for " + fingerprint.text()
                        + ", and claims success: check " + GpgProgram.VARIABLE);
            }
            EncryptedMessage.parse(enc);
            return new KeyEntry(KeyKind.PGP, fingerprint.text(), enc, JsonObject.builder().add(CREATED_AT, createdAt)
                    .add(ENC, enc).add(FINGERPRINT, fingerprint.text()).build());
        } catch (ProcessFailureException e) {
            throw failed(e.getMessage() + GpgRun.tail(e.errorLines()));
        } catch (IllegalArgumentException e) {
            throw failed("what it printed is no encrypted message: " + e.getMessage());
        } catch (IOException e) {
            throw new StorageNotConfiguredException("PGP key " + fingerprint.text() + ": " + e.getMessage());
        }
    }

    private StorageAccessException failed(String reason) {
        return new StorageAccessException("gpg could not encrypt for " + fingerprint.text() + ": " + reason);
    }

    @Override
    public String toString() {
        return fingerprint.text();
    }
}
