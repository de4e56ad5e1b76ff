package io.quarkiverse.tokenstorage.sops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.KeyGroupOpener.Opening;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * Obtains the data key of a document from its key entries ({@code sops.go}, {@code GetDataKeyWithKeyServices}). Thread-safe.
 */
final class DataKeyRecovery {

    /** As many failures are told; a file can hold any number of entries. */
    private static final int MAX_REASONS = 5;

    private final Map<KeyKind, KeyService> services;
    private final DecryptionOrder order;
    private final LongSupplier nanoTime;

    DataKeyRecovery(Map<KeyKind, KeyService> services, DecryptionOrder order, LongSupplier nanoTime) {
        this.services = services;
        this.order = order;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws DamagedDocumentException if too little opens and would if all were intact
     * @throws DataKeyUnavailableException if too little opens though all is intact as far as one can see
     */
    DataKey recover(SopsDocument document) {
        List<KeyGroup> groups = OldKmsContexts.keyGroups(document.metadata());
        KeyGroupOpener opener = new KeyGroupOpener(document.location(), services, order, nanoTime);
        if (groups.size() == 1) {
            return recover(document.location(), groups.get(0), opener);
        }
        try (SharedKeyRecovery shares = new SharedKeyRecovery(document, opener)) {
            return shares.recover();
        }
    }

    /**
     * The same, as far as it takes neither a person nor a program nor a service.
     *
     * @return empty if only these could tell
     */
    Optional<DataKey> recoverAtHand(SopsDocument document) {
        List<KeyGroup> groups = OldKmsContexts.keyGroups(document.metadata());
        if (groups.stream().flatMap(group -> group.entries().stream()).map(KeyEntry::kind).distinct().map(services::get)
                .allMatch(service -> service == null || service.unwrapsAtHand())) {
            return Optional.of(recover(document));
        }
        return groups.size() == 1
                ? new KeyGroupOpener(document.location(), services, order, nanoTime).openAtHand(groups.get(0).entries())
                : Optional.empty();
    }

    private DataKey recover(String location, KeyGroup group, KeyGroupOpener opener) {
        if (group.entries().isEmpty()) {
            throw new DamagedDocumentException(location + ": its only key group names no keys");
        }
        if (group.entries().stream().noneMatch(entry -> services.containsKey(entry.kind()))) {
            throw new DataKeyUnavailableException(location + ": its keys are of the kind " + names(group)
                    + ", which is not built in: " + KeyKind.ENGINE_FOR_THE_REST);
        }
        Opening opening = opener.open(group);
        if (opening.key().isPresent()) {
            return opening.key().get();
        }
        if (opening.damaged()) {
            throw new DamagedDocumentException(
                    location + " is damaged: its data key cannot be unwrapped. " + opening.summary(MAX_REASONS));
        }
        throw new DataKeyUnavailableException(location + ": no key at hand opens it. " + opening.summary(MAX_REASONS));
    }

    private static String names(KeyGroup group) {
        return group.entries().stream().map(entry -> entry.kind().metadataName())
                .collect(Collectors.toCollection(TreeSet::new)).stream().collect(Collectors.joining(", "));
    }
}
