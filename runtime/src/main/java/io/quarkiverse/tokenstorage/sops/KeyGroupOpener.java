package io.quarkiverse.tokenstorage.sops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * Opens the key groups of one document, each with whichever of its entries opens first. What all attempts that fail may take
 * together is bounded, for a stranger's document can name hundreds of keys and each can cost the run of a program or the call
 * of a service. Not thread-safe.
 */
final class KeyGroupOpener {

    private static final Logger LOG = Logger.getLogger(KeyGroupOpener.class);

    /** Attempts that succeed do not count: a person may take time to enter a passphrase. */
    static final Duration MAX_FAILING = Duration.ofMinutes(1);

    private static final int MAX_REASON_LENGTH = 800;

    /**
     * What came of a group.
     *
     * @param key the data key or share; the receiver closes it. Empty if no entry opened
     * @param reasons why the entries did not open, the most telling first
     * @param damaged whether it would have opened if it were intact, as far as one can see
     */
    record Opening(Optional<DataKey> key, List<String> reasons, boolean damaged) {

        /** At most as many reasons, and how many more there are. */
        String summary(int most) {
            String told = String.join("; ", reasons.subList(0, Math.min(most, reasons.size())));
            int more = reasons.size() - most;
            return more > 0 ? told + "; and " + more + " more" : told;
        }
    }

    private final String location;
    private final Map<KeyKind, KeyService> services;
    private final DecryptionOrder order;
    private final LongSupplier nanoTime;
    private final Map<KeyKind, Optional<Set<String>>> own = new EnumMap<>(KeyKind.class);
    private long failing;
    private int failures;

    /** @param location the name of the document, for messages */
    KeyGroupOpener(String location, Map<KeyKind, KeyService> services, DecryptionOrder order, LongSupplier nanoTime) {
        this.location = location;
        this.services = services;
        this.order = order;
        this.nanoTime = nanoTime;
    }

    /** @throws DataKeyUnavailableException if attempts have failed for too long */
    Opening open(KeyGroup group) {
        List<KeyEntry> entries = new ArrayList<>(group.entries());
        entries.sort(Comparator.comparingInt(entry -> order.rank(entry.kind())));
        Optional<DataKey> atHand = openAtHand(entries);
        if (atHand.isPresent()) {
            return new Opening(atHand, List.of(), false);
        }
        EntryFailures failed = new EntryFailures(services, own);
        for (KeyEntry entry : entries) {
            KeyService service = services.get(entry.kind());
            if (service == null) {
                failed.closed(entry, describe(entry) + ": this kind of key is not built in");
                continue;
            }
            long start = nanoTime.getAsLong();
            String reason;
            try {
                Opening opened = new Opening(Optional.of(service.unwrap(entry)), List.of(), false);
                tell(entry);
                return opened;
            } catch (DamagedDocumentException e) {
                reason = reason(entry, e);
                failed.damaged(entry, reason);
            } catch (TokenStorageException e) {
                reason = reason(entry, e);
                failed.closed(entry, reason);
            }
            failed(nanoTime.getAsLong() - start, reason);
        }
        return new Opening(Optional.empty(), failed.reasons(), failed.areDamage());
    }

    /** With nobody asked and nothing run. What this takes too long for is left to the attempts that count their time. */
    Optional<DataKey> openAtHand(List<KeyEntry> entries) {
        long start = nanoTime.getAsLong();
        for (KeyEntry entry : entries) {
            KeyService service = services.get(entry.kind());
            Optional<DataKey> key = service == null ? Optional.empty() : service.unwrapAtHand(entry);
            if (key.isPresent()) {
                tell(entry);
            }
            if (key.isPresent() || nanoTime.getAsLong() - start > MAX_FAILING.toNanos()) {
                return key;
            }
        }
        return Optional.empty();
    }

    private void tell(KeyEntry entry) {
        LOG.debugf("%s: a data key was unwrapped with %s", location, describe(entry));
    }

    private void failed(long nanos, String reason) {
        failures++;
        failing += nanos;
        if (failing > MAX_FAILING.toNanos()) {
            throw new DataKeyUnavailableException(
                    location + ": gave up after " + failures + " of its keys were tried in vain, which"
                            + " took more than " + MAX_FAILING.toSeconds() + " s together. The last one: " + reason);
        }
    }

    /** The lower, the earlier the group is worth trying; the highest if nothing here can open it. */
    int rank(KeyGroup group) {
        return group.entries().stream().map(KeyEntry::kind).filter(services::containsKey).mapToInt(order::rank)
                .map(rank -> Math.min(rank, Integer.MAX_VALUE - 1)).min().orElse(Integer.MAX_VALUE);
    }

    private static String reason(KeyEntry entry, TokenStorageException failure) {
        String message = failure.getMessage();
        String kind = entry.kind().metadataName() + ": ";
        return describe(entry) + ": "
                + PrintableText.of(message.startsWith(kind) ? message.substring(kind.length()) : message, MAX_REASON_LENGTH);
    }

    private static String describe(KeyEntry entry) {
        return entry.kind().metadataName() + " " + PrintableText.of(entry.identity());
    }
}
