package io.quarkiverse.tokenstorage.devui;

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
    public static final String PROGRAM = "<cli>";

    private final TokenReader tokens;
    private final TokenCatalog catalog;
    private final TokenAccess access;
    private final Doctor doctor;

    /**
     * @param storage the application's
     * @param ownStorage its class, if it is a bean of the application that took the place of the configured storage
     */
    public TokenDesk(StorageSettings settings, TokenStorage storage, Optional<String> ownStorage, Clock clock) {
        this.tokens = new TokenReader(settings, storage, ownStorage);
        this.doctor = new Doctor(settings, storage, PROGRAM);
        this.access = new TokenAccess(tokens, storage, clock);
        EntryReader reader = new EntryReader(tokens, this::remedy);
        this.catalog = new TokenCatalog(settings, tokens,
                new StoredProviders(settings, storage, ownStorage.isPresent(), clock), new EntryCache(reader), clock);
    }

    /** What to do, by the means of the page where that is a command. */
    private Optional<String> remedy(String provider) {
        return doctor.examineToken(provider).fix().map(
                fix -> fix.replace(PROGRAM + " auth logout " + provider, "delete it here and import a token"));
    }

    /**
     * The stored tokens. May be asked every second or two.
     *
     * @param known the revision of the answer before; any other number to be told all
     */
    public TokenList list(long known) {
        return catalog.list(known);
    }

    /** As {@link #list}, with everything read again: keys and rules may have changed. */
    public TokenList refresh() {
        catalog.refresh();
        return catalog.list(-1);
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
    public Revelation reveal(String provider, String member) {
        return access.reveal(provider, member);
    }

    /** Removes a token, readable or not. */
    public Outcome delete(String provider) {
        return access.delete(provider);
    }

    /**
     * Stores a token response (RFC 6749 section 5.1) or a token in its stored form, in place of what was there.
     *
     * @param response JSON
     */
    public Outcome importToken(String provider, String response) {
        return access.importToken(provider, response);
    }

    /** What works, what does not, and how to mend it. Takes up to some ten seconds. */
    public Diagnosis diagnose() {
        return Diagnosis.of(doctor.examine());
    }

    @Override
    public void close() {
        catalog.close();
        tokens.close();
    }
}
