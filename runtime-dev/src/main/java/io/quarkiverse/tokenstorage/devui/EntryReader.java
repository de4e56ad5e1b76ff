package io.quarkiverse.tokenstorage.devui;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.devui.TokenEntry.Content;
import io.quarkiverse.tokenstorage.devui.TokenEntry.Encryption;
import io.quarkiverse.tokenstorage.devui.TokenEntry.Recipient;
import io.quarkiverse.tokenstorage.devui.TokenEntry.State;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyDifference;
import io.quarkiverse.tokenstorage.sops.NotEncryptedException;
import io.quarkiverse.tokenstorage.sops.OwnAccess;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.SopsMetadata;
import io.quarkiverse.tokenstorage.storage.UnverifiedToken;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;

/** Reads what the list shows of one token. Opens its file; waits for a program or a service only if told that it may. */
final class EntryReader {

    /** Whatever a document that is none of SOPS holds stands in clear. */
    private static final String REPLACE = "others may have read it: log out at the provider, delete it here and log in again";

    private final TokenReader tokens;
    private final TokenFingerprint fingerprint;
    /** What to do about a token that cannot be read; may be slow. */
    private final Function<String, Optional<String>> remedy;

    EntryReader(TokenReader tokens, TokenFingerprint fingerprint, Function<String, Optional<String>> remedy) {
        this.tokens = tokens;
        this.fingerprint = fingerprint;
        this.remedy = remedy;
    }

    /** Whether reading may use a program or a service, or whatever a storage of the application does. */
    boolean mayTakeLong(String provider, boolean thorough) {
        return tokens.isForeign(provider) || thorough && tokens.isEncrypted(provider);
    }

    /**
     * @param file null if it is in none
     * @param thorough whether programs and services may be used
     * @return empty if there is no token any more
     */
    Optional<TokenEntry> read(String provider, StoredFile file, boolean thorough) {
        Encryption encryption = null;
        try {
            if (tokens.isEncrypted(provider)) {
                encryption = encryption(provider).orElse(null);
            }
            Encryption known = encryption;
            return (thorough ? tokens.load(provider) : tokens.loadAtHand(provider))
                    .map(token -> readable(provider, tokens.backendOf(provider), file,
                            file == null ? fingerprint.of(token) : file.version(), token, known));
        } catch (AtHandEngine.NotTriedException e) {
            return Optional.of(notTried(provider, file, encryption));
        } catch (TokenStorageException e) {
            return Optional.of(unreadable(provider, file, encryption, e));
        } catch (RuntimeException e) {
            // Of the application's own storage: one entry that fails must not hide the others
            return Optional.of(TokenEntry.of(provider, tokens.backendOf(provider), file, State.INACCESSIBLE, Outcome.reason(e),
                    null));
        }
    }

    /** The same entry after its token was opened. */
    static TokenEntry opened(TokenEntry entry, AuthToken token) {
        return readable(entry.provider(), entry.backend(), entry.file(), entry.version(), token, entry.encryption());
    }

    private static TokenEntry readable(String provider, String backend, StoredFile file, String version, AuthToken token,
            Encryption encryption) {
        Content content = new Content(false, token.tokenType(), millis(token.expiresAt()), millis(token.issuedAt()),
                token.isRefreshable(), token.scope());
        return new TokenEntry(provider, backend, file, version, State.READABLE, null, null, content, encryption);
    }

    private TokenEntry notTried(String provider, StoredFile file, Encryption encryption) {
        List<String> kinds = encryption == null ? List.of()
                : encryption.recipients().stream().map(Recipient::kind).distinct().toList();
        return new TokenEntry(provider, tokens.backendOf(provider), file, TokenEntry.versionOf(file), State.NOT_TRIED,
                "Not opened yet, for that takes " + tokens.needed(kinds), "open it here, or have all read again",
                inClear(provider), encryption);
    }

    private TokenEntry unreadable(String provider, StoredFile file, Encryption encryption, TokenStorageException failure) {
        State state = state(failure, file);
        String fix = state == State.NOT_CONFIGURED ? null : state == State.NOT_ENCRYPTED ? REPLACE : fix(provider);
        return new TokenEntry(provider, tokens.backendOf(provider), file, TokenEntry.versionOf(file), state,
                failure.getMessage(), fix, state == State.NO_KEY ? inClear(provider) : Content.NONE, encryption);
    }

    private String fix(String provider) {
        try {
            return remedy.apply(provider).orElse(null);
        } catch (RuntimeException e) {
            // The storage of the application fails in another way now; why it did before is known
            return null;
        }
    }

    private static State state(TokenStorageException failure, StoredFile file) {
        if (failure instanceof DamagedDocumentException) {
            return file != null && file.size() == 0 ? State.EMPTY
                    : failure instanceof NotEncryptedException ? State.NOT_ENCRYPTED : State.DAMAGED;
        }
        if (failure instanceof DataKeyUnavailableException) {
            return State.NO_KEY;
        }
        return failure instanceof StorageNotConfiguredException ? State.NOT_CONFIGURED : State.INACCESSIBLE;
    }

    /** What the file says of the token in clear. */
    private Content inClear(String provider) {
        try {
            return tokens.sopsStorage().inspect(provider).map(EntryReader::inClear).orElse(Content.NONE);
        } catch (TokenStorageException e) {
            return Content.NONE;
        }
    }

    private static Content inClear(UnverifiedToken shown) {
        return new Content(true, shown.tokenType().orElse(null), millis(shown.expiresAt()), millis(shown.issuedAt()),
                shown.refreshable(), shown.scope().orElse(List.of()));
    }

    private Optional<Encryption> encryption(String provider) {
        Path directory = tokens.sopsDirectory();
        return new DirectoryStore(directory, DocumentNames.SOPS, Duration.ZERO).read(provider)
                .map(file -> encryption(SopsDocument.parse(file.content(), file.location()).metadata(),
                        directory.resolve(DocumentNames.SOPS.current(provider))));
    }

    private Encryption encryption(SopsMetadata metadata, Path target) {
        List<Recipient> recipients = new ArrayList<>();
        for (int i = 0; i < metadata.keyGroups().size(); i++) {
            int group = i + 1;
            metadata.keyGroups().get(i).entries().forEach(
                    entry -> recipients.add(new Recipient(entry.kind().metadataName(), entry.identity(), group)));
        }
        int groups = metadata.keyGroups().size();
        int needed = groups < 2 ? 0 : OwnAccess.needed(groups, metadata.shamirThreshold());
        try {
            CreationRule rule = tokens.sopsSetup().rules().ruleFor(target);
            return new Encryption(recipients, needed, rule.origin(), KeyDifference.onUpdate(metadata, rule).sameKeys(), null);
        } catch (StorageNotConfiguredException e) {
            return new Encryption(recipients, needed, null, null, e.getMessage());
        }
    }

    private static Long millis(Optional<Instant> moment) {
        return moment.map(Instant::toEpochMilli).orElse(null);
    }
}
