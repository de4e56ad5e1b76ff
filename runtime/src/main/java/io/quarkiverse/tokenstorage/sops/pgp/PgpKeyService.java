package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.PassphraseRequiredException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * The PGP keys of SOPS, through the program that {@code SOPS_GPG_EXEC} names, else {@code gpg} from {@code PATH}: GnuPG 2.1
 * or newer. Saving needs the public key only and asks nobody. Opening may make gpg-agent ask a person for a passphrase; it may
 * take {@link #ATTENDED} where there is a terminal or a desktop to ask on, else {@link #UNATTENDED}. Thread-safe.
 */
public final class PgpKeyService implements KeyService {

    /** Time enough to find a passphrase and type it. */
    public static final Duration ATTENDED = Duration.ofMinutes(2);

    /** Many times what gpg takes to start its agent and use a key; who waits for a lock meanwhile gives up sooner. */
    public static final Duration UNATTENDED = Duration.ofSeconds(20);

    private final GpgProgram gpg;
    private final Clock clock;
    private final Duration unattended;
    private final GpgDecryption decryption;
    private final SecretKeys secretKeys;

    /**
     * @param environment where the program and its home are
     * @param clock the time that is written into entries
     */
    public PgpKeyService(HostEnvironment environment, Clock clock) {
        this(environment, clock, ControllingTerminal::find, ATTENDED, UNATTENDED);
    }

    /**
     * Keys that open without a question only: others answer {@link PassphraseRequiredException}, as long as gpg-agent does not
     * remember their passphrase.
     */
    public static PgpKeyService askingNobody(HostEnvironment environment, Clock clock) {
        return new PgpKeyService(environment, clock, ControllingTerminal::find, UNATTENDED, UNATTENDED, false);
    }

    /** @param terminal where a person can be asked, unless {@code GPG_TTY} names it */
    PgpKeyService(HostEnvironment environment, Clock clock, Supplier<Optional<Path>> terminal, Duration attended,
            Duration unattended) {
        this(environment, clock, terminal, attended, unattended, true);
    }

    private PgpKeyService(HostEnvironment environment, Clock clock, Supplier<Optional<Path>> terminal, Duration attended,
            Duration unattended, boolean asking) {
        this.gpg = new GpgProgram(environment, terminal);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.unattended = unattended;
        this.decryption = new GpgDecryption(gpg, clock, attended, unattended, asking);
        this.secretKeys = new SecretKeys(gpg, clock, unattended);
    }

    @Override
    public KeyKind kind() {
        return KeyKind.PGP;
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        String fingerprint = description.get(PgpMasterKey.FINGERPRINT).filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).value()).orElse("");
        try {
            return new PgpMasterKey(gpg, unattended, Fingerprint.parse(fingerprint),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        } catch (IllegalArgumentException e) {
            throw new StorageNotConfiguredException(where + ": " + e.getMessage());
        }
    }

    /** {@inheritDoc} Which keys an entry is for stands in its message; {@code fp} is not used, as in sops. */
    @Override
    public DataKey unwrap(KeyEntry entry) {
        return decryption.unwrap(entry);
    }

    /** @throws StorageNotConfiguredException if there is no gpg; says what helps */
    public void requireInstalled() {
        try {
            gpg.requireInstalled();
        } catch (IOException e) {
            throw new StorageNotConfiguredException(e.getMessage());
        }
    }

    /** Whether gpg-agent may have a way to ask a person for a passphrase: a terminal or a desktop. */
    public boolean canAskPerson() {
        return gpg.canAskPerson();
    }

    /** The fingerprints of the keys whose private part gpg has, and with {@code !} those of their encryption subkeys. */
    @Override
    public Optional<Set<String>> ownMasterKeys() {
        return Optional.of(secretKeys.own());
    }

    /** {@inheritDoc} It is another one when gpg has taken in or removed a key; its agent and smart cards are out of sight. */
    @Override
    public Object identityState() {
        return secretKeys.state();
    }

    /** Holds nothing secret: gpg and its agent do. */
    @Override
    public void close() {
        // Nothing to release
    }
}
