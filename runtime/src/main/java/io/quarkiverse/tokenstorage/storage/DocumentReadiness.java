package io.quarkiverse.tokenstorage.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.rules.NoMatchingRuleException;
import io.quarkiverse.tokenstorage.store.DocumentStore;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** Looks at a store and its documents, once. Not thread-safe. */
final class DocumentReadiness {

    /** More are not looked at, always the same ones: the first by name. */
    private static final int MOST_TOKENS = 50;

    /** Stands for any provider, where none has a token yet and the configuration names none. */
    private static final String EXAMPLE_PROVIDER = "example";

    private final DocumentStore store;
    private final TokenCodec codec;
    private final ProviderScope scope;
    private final List<String> unreadable = new ArrayList<>();
    private int readable;
    private int untried;

    DocumentReadiness(DocumentStore store, TokenCodec codec, ProviderScope scope) {
        this.store = store;
        this.codec = codec;
        this.scope = scope;
    }

    Readiness examine() {
        boolean writable;
        List<String> providers;
        try {
            writable = store.isWritable();
            providers = store.providers().stream().filter(scope::includes).toList();
        } catch (TokenStorageException e) {
            return new Readiness(false, Optional.of(e.getMessage()), Optional.empty(), 0, 0, 0, List.of());
        }
        List<String> seen = providers.subList(0, Math.min(MOST_TOKENS, providers.size()));
        seen.forEach(this::read);
        return new Readiness(!writable, Optional.empty(),
                writable ? unsavable(seen) : Optional.empty(), readable, untried,
                providers.size() - seen.size(), unreadable);
    }

    private void read(String provider) {
        try {
            Optional<StoredDocument> document = store.read(provider);
            if (document.isPresent()) {
                if (codec.decodeAtHand(document.get()).isPresent()) {
                    readable++;
                } else {
                    untried++;
                }
            }
        } catch (TokenStorageException e) {
            unreadable.add(e.getMessage());
        }
    }

    private Optional<String> unsavable(List<String> stored) {
        Optional<String> known = Stream.concat(stored.stream(), scope.named().stream()).findFirst();
        try {
            codec.requireSavable(store.target(known.orElse(EXAMPLE_PROVIDER)));
            return Optional.empty();
        } catch (NoMatchingRuleException e) {
            // Rules may name the providers that they are for: the one who will log in first is not known here
            return known.map(provider -> e.getMessage());
        } catch (TokenStorageException e) {
            return Optional.of(e.getMessage());
        }
    }
}
