package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

    /** @throws DataKeyUnavailableException if no entry opens; tells why for each */
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
        for (KeyEntry entry : entries) {
            KeyService service = services.get(entry.kind());
            if (service == null) {
                reasons.add(describe(entry) + ": this kind of key is not built in yet");
                continue;
            }
            try {
                return service.unwrap(entry);
            } catch (TokenStorageException e) {
                reasons.add(describe(entry) + ": " + PrintableText.of(e.getMessage(), MAX_REASON_LENGTH));
            }
        }
        throw new DataKeyUnavailableException(document.location() + ": no key at hand opens it. " + summary(reasons));
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
