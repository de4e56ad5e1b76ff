package io.quarkiverse.tokenstorage.devui;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.doctor.Doctor;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/**
 * All that the Dev UI shows and does, for one run of an application. Nothing throws because of a token, a key or a setting:
 * troubles are part of the answers. Thread-safe.
 */
public final class TokenDesk implements AutoCloseable {

    /** Stands in fixes for a command line, which a service does not have. */
    public static final String PROGRAM = "your-cli";

    private final TokenReader tokens;
    private final TokenCatalog catalog;
    private final TokenAccess access;
    private final TokenChanges changes;
    private final Doctor doctor;

    /**
     * @param storage the application's
     * @param own what of it is no storage of this extension
     */
    public TokenDesk(StorageSettings settings, TokenStorage storage, OwnStorages own, Clock clock) {
        this.tokens = new TokenReader(settings, storage, own);
        this.doctor = new Doctor(settings, storage, PROGRAM);
        TokenFingerprint fingerprint = new TokenFingerprint(new SecureRandom());
        EntryReader reader = new EntryReader(tokens, fingerprint, this::remedy);
        this.catalog = new TokenCatalog(settings, own, tokens, new StoredProviders(settings, storage, own, clock),
                new EntryCache(reader), clock);
        this.access = new TokenAccess(tokens, catalog::opened);
        this.changes = new TokenChanges(new SeenToken(settings, own, tokens, fingerprint), storage, clock);
    }

    /** What to do, by the means of the page where that is a command. */
    private Optional<String> remedy(String provider) {
        return doctor.examineToken(provider).fix().map(
                fix -> fix.replace(PROGRAM + " auth logout " + provider, "delete it here and import a token"));
    }

    /** How many tokens are stored, readable or not. None is opened. */
    public int count() {
        return catalog.count();
    }

    /**
     * The stored tokens. May be asked every second or two: runs no program and calls no service, unless a storage of the
     * application does; tokens whose keys need that are not tried.
     *
     * @param known the revision of the answer before; any other number to be told all
     */
    public TokenList list(long known) {
        return catalog.list(known);
    }

    /**
     * As {@link #list}, with everything read again: keys and rules may have changed. For a person who wants that, since it uses
     * the programs and services that keys need.
     */
    public TokenList refresh() {
        return catalog.refresh();
    }

    /** What there is to know of a token without seeing it. */
    public TokenDetails details(String provider) {
        return access.details(provider);
    }

    /**
     * A token itself; the only answer that holds one.
     *
     * @param member {@code access_token}, {@code refresh_token} or {@code id_token}
     */
    public RevealedToken reveal(String provider, String member) {
        return access.reveal(provider, member);
    }

    /**
     * Removes a token, readable or not, unless it has changed since somebody decided that.
     *
     * @param seen the {@link TokenEntry#version()} of the token that was decided about
     */
    public Outcome delete(String provider, String seen) {
        return changed(provider, changes.delete(provider, seen));
    }

    /**
     * Stores a token response (RFC 6749 section 5.1) or a token in its stored form, in place of what was there unless that has
     * changed since somebody decided so.
     *
     * @param response JSON
     * @param seen the {@link TokenEntry#version()} of the token that is to be replaced; null if there was none
     */
    public Outcome importToken(String provider, String response, String seen) {
        return changed(provider, changes.importToken(provider, response, seen));
    }

    private Outcome changed(String provider, Outcome outcome) {
        catalog.changed(provider);
        return outcome;
    }

    /** What works, what does not, and how to mend it. Takes up to some ten seconds. */
    public Diagnosis diagnose() {
        try {
            return Diagnosis.of(doctor.examine());
        } catch (RuntimeException e) {
            return Diagnosis.failed(Outcome.reason(e));
        }
    }

    @Override
    public void close() {
        catalog.close();
        tokens.close();
    }
}
