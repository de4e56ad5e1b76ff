package org.acme;

// tag::all[]
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.storage.AbstractTokenStorage;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.storage.TokenJson;
import io.smallrye.common.annotation.Identifier;

/** Keeps tokens in a table that several machines share, encrypted as the files of the backend {@code sops} are. */
@ApplicationScoped
@Identifier("database")
public class DatabaseTokenStorage extends AbstractTokenStorage {

    /** Creation rules are chosen by path, so the rows need one. */
    private static final Path RULES_FOR = Path.of("/database/token.sops.json");

    private final TokenTable table;
    private final SopsSetup sops;

    @Inject
    public DatabaseTokenStorage(TokenTable table, StorageSettings settings) {
        this.table = table;
        this.sops = SopsSetup.of(settings.options());
    }

    @Override
    protected void doSave(String provider, AuthToken token) {
        try (PreparedEncryption encryption = prepare()) {
            table.locked(provider, row -> {
                row.write(encryption.encrypt(TokenJson.write(token)));
                return token;
            });
        } catch (TokenStorageException e) {
            throw e.carrying(token);
        }
    }

    @Override
    protected Optional<AuthToken> doLoad(String provider) {
        return table.read(provider).map(document -> decrypted(document, provider));
    }

    @Override
    protected boolean doDelete(String provider) {
        return table.locked(provider, TokenTable.Row::delete);
    }

    @Override
    protected boolean doExists(String provider) {
        return table.read(provider).isPresent();
    }

    @Override
    public Set<String> providers() {
        return new TreeSet<>(table.names());
    }

    @Override
    protected Optional<AuthToken> doUpdate(String provider, Function<Optional<AuthToken>, Optional<AuthToken>> change) {
        AtomicReference<AuthToken> unsaved = new AtomicReference<>();
        try {
            return table.locked(provider, row -> {
                Optional<AuthToken> current = row.read().map(document -> decrypted(document, provider));
                // Rules are read and keys wrapped now: once the refresh token is spent, it is too late for that to fail
                try (PreparedEncryption encryption = prepare()) {
                    encryption.requireReady();
                    Optional<AuthToken> next = change.apply(current);
                    if (next.isEmpty()) {
                        row.delete();
                    } else if (!next.equals(current)) {
                        unsaved.set(next.get());
                        row.write(encryption.encrypt(TokenJson.write(next.get())));
                    }
                    return next;
                }
            });
        } catch (TokenStorageException e) {
            // Also if the commit failed, after the function above has returned
            throw unsaved.get() == null ? e : e.carrying(unsaved.get());
        }
    }

    private PreparedEncryption prepare() {
        return sops.engine().prepare(sops.rules().ruleFor(RULES_FOR));
    }

    private AuthToken decrypted(byte[] document, String provider) {
        String location = "row " + provider;
        return TokenJson.read(sops.engine().decrypt(document, location), location);
    }

    @PreDestroy
    void close() {
        sops.close();
    }
}
// end::all[]
