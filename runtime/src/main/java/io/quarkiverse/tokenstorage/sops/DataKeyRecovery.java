package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorageException;

/** Obtains the data key of a document from whichever of its entries opens first ({@code sops.go}). Thread-safe. */
final class DataKeyRecovery {

    /** As many failures are told; a file can hold any number of entries. */
    private static final int MAX_REASONS = 5;
    private static final int MAX_REASON_LENGTH = 500;

    /** age, then pgp, then the others as loaded: the default of {@code --decryption-order}. */
    private static final Comparator<KeyEntry> DECRYPTION_ORDER = Comparator.comparingInt(entry -> switch (entry.kind()) {
        case AGE -> 0;
        case PGP -> 1;
        default -> 2;
    });

    private final Map<KeyKind, KeyService> services;

    DataKeyRecovery(Map<KeyKind, KeyService> services) {
        this.services = services;
    }

    /**
     * @throws DamagedDocumentException if no entry opens and one of them is not intact: with a whole one it might
     * @throws DataKeyUnavailableException if no entry opens though all are intact as far as one can see
     */
    DataKey recover(SopsDocument document) {
        List<KeyGroup> groups = document.metadata().keyGroups();
        if (groups.size() > 1) {
            throw new DataKeyUnavailableException(document.location() + ": its data key is split over " + groups.size()
                    + " key groups (Shamir secret sharing), which is not built in yet");
        }
        List<KeyEntry> entries = new ArrayList<>(groups.get(0).entries());
        if (entries.stream().noneMatch(entry -> services.containsKey(entry.kind()))) {
            throw new DataKeyUnavailableException(document.location() + ": its keys are of the kind " + names(entries)
                    + ", which is not built in yet");
        }
        entries.sort(DECRYPTION_ORDER);
        List<String> reasons = new ArrayList<>();
        int damaged = 0;
        for (KeyEntry entry : entries) {
            KeyService service = services.get(entry.kind());
            if (service == null) {
                reasons.add(describe(entry) + ": this kind of key is not built in yet");
                continue;
            }
            try {
                return service.unwrap(entry);
            } catch (DamagedDocumentException e) {
                // Told first, as not all may be told
                reasons.add(damaged++, reason(entry, e));
            } catch (TokenStorageException e) {
                reasons.add(reason(entry, e));
            }
        }
        if (damaged > 0) {
            throw new DamagedDocumentException(
                    document.location() + " is damaged: its data key cannot be unwrapped. " + summary(reasons));
        }
        throw new DataKeyUnavailableException(document.location() + ": no key at hand opens it. " + summary(reasons));
    }

    private static String reason(KeyEntry entry, TokenStorageException failure) {
        return describe(entry) + ": " + PrintableText.of(failure.getMessage(), MAX_REASON_LENGTH);
    }

    private static String names(List<KeyEntry> entries) {
        return entries.stream().map(entry -> entry.kind().metadataName()).collect(Collectors.toCollection(TreeSet::new))
                .stream().collect(Collectors.joining(", "));
    }

    private static String describe(KeyEntry entry) {
        return entry.kind().metadataName() + " " + PrintableText.of(entry.identity());
    }

    private static String summary(List<String> reasons) {
        String told = String.join("; ", reasons.subList(0, Math.min(MAX_REASONS, reasons.size())));
        int more = reasons.size() - MAX_REASONS;
        return more > 0 ? told + "; and " + more + " more" : told;
    }
}
