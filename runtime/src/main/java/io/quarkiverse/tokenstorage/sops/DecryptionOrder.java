package io.quarkiverse.tokenstorage.sops;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * Which kinds of keys are tried first when a document is opened, as sops has it ({@code cmd/sops/main.go},
 * {@code decryptionOrder}; {@code sops.go}, {@code sortKeyGroupIndices}). Kinds that it does not name come last, in the order
 * of the document. Immutable and thread-safe.
 */
public final class DecryptionOrder {

    /** Kinds of keys by the names of their lists, separated by commas without blanks; names that mean nothing are ignored. */
    public static final String VARIABLE = "SOPS_DECRYPTION_ORDER";

    /** What sops does unless told otherwise. */
    public static final DecryptionOrder DEFAULT = new DecryptionOrder("age,pgp");

    private final Map<KeyKind, Integer> ranks = new EnumMap<>(KeyKind.class);
    private final Optional<String> repeated;

    private DecryptionOrder(String text) {
        List<String> names = List.of(text.split(",", -1));
        Set<String> unique = new HashSet<>();
        this.repeated = names.stream().filter(name -> !unique.add(name)).findFirst();
        for (int i = 0; i < names.size(); i++) {
            int rank = i;
            KeyKind.ofMetadataName(names.get(i)).ifPresent(kind -> ranks.putIfAbsent(kind, rank));
        }
    }

    /** What the variable says, or {@link #DEFAULT} if it is not set or empty. A faulty one is refused when it is used. */
    public static DecryptionOrder of(HostEnvironment environment) {
        return environment.nonEmptyVariable(VARIABLE).map(DecryptionOrder::new).orElse(DEFAULT);
    }

    /** @throws StorageNotConfiguredException if a name stands in it twice, for which sops does nothing either */
    public void requireValid() {
        repeated.ifPresent(name -> {
            throw new StorageNotConfiguredException(VARIABLE + " names '" + PrintableText.of(name)
                    + "' twice: name each kind of key once, as in age,pgp, or unset it");
        });
    }

    /** The lower, the earlier; equal for all kinds that are not named. */
    int rank(KeyKind kind) {
        return ranks.getOrDefault(kind, Integer.MAX_VALUE);
    }
}
