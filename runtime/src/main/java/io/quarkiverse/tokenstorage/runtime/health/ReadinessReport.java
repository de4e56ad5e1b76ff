package io.quarkiverse.tokenstorage.runtime.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.storage.Readiness;

/**
 * What the readiness check says of all backends. Its texts tell of files, providers and recipients, never of what a token
 * holds.
 *
 * @param ready whether all of them are
 * @param data what was found, by backend and aspect; in the order of the backends
 * @param causes why they are not ready, for people; each a phrase without a final stop
 */
record ReadinessReport(boolean ready, Map<String, String> data, List<String> causes) {

    /** More say no more. */
    private static final int MOST_CAUSES = 3;
    private static final int LONGEST_CAUSE = 500;

    static ReadinessReport of(Map<String, Examined> backends) {
        Map<String, String> data = new LinkedHashMap<>();
        List<String> causes = new ArrayList<>();
        for (Map.Entry<String, Examined> backend : backends.entrySet()) {
            try {
                Optional<Readiness> readiness = backend.getValue().readiness();
                readiness.ifPresentOrElse(found -> add(data, backend.getKey(), found),
                        () -> data.put(backend.getKey(), "nothing to examine"));
                readiness.ifPresent(found -> addCauses(causes, found));
            } catch (TokenStorageException e) {
                data.put(backend.getKey(), line(e.getMessage()));
                causes.add(line(e.getMessage()));
            }
        }
        return new ReadinessReport(causes.isEmpty(), data, causes);
    }

    /** The backends of an application that keeps its tokens by itself are of no use to it. */
    static ReadinessReport ofAnotherStorage() {
        return new ReadinessReport(true, Map.of("storage", "the application's own, not examined"), List.of());
    }

    static ReadinessReport down(String cause) {
        return new ReadinessReport(false, Map.of("cause", line(cause)), List.of(line(cause)));
    }

    private static void add(Map<String, String> data, String backend, Readiness found) {
        data.put(backend + ".directory",
                found.unwritable().map(ReadinessReport::line).orElse(found.readOnly() ? "read-only" : "writable"));
        if (found.unwritable().isPresent()) {
            return;
        }
        if (!found.readOnly()) {
            data.put(backend + ".save", found.unsavable().map(ReadinessReport::line).orElse("OK"));
        }
        data.put(backend + ".tokens", tokens(found));
        List<String> unreadable = found.unreadable();
        for (int i = 0; i < Math.min(MOST_CAUSES, unreadable.size()); i++) {
            data.put(backend + ".unreadable." + (i + 1), line(unreadable.get(i)));
        }
    }

    private static void addCauses(List<String> causes, Readiness found) {
        found.unwritable().ifPresent(cause -> causes.add(line(cause)));
        found.unsavable().ifPresent(cause -> causes.add("no token can be saved: " + line(cause)));
        int unreadable = found.unreadable().size();
        if (unreadable > 0) {
            int tried = found.readable() + unreadable;
            causes.add(unreadable + " of " + tried + (tried == 1 ? " stored token" : " stored tokens") + " cannot be read: "
                    + line(found.unreadable().get(0)) + (unreadable > 1 ? "; and " + (unreadable - 1) + " more" : ""));
        }
    }

    private static String tokens(Readiness found) {
        StringBuilder tokens = new StringBuilder().append(found.readable()).append(" readable");
        append(tokens, found.unreadable().size(), " unreadable");
        append(tokens, found.untried(), " not tried");
        append(tokens, found.unseen(), " not looked at");
        return tokens.toString();
    }

    private static void append(StringBuilder tokens, int count, String what) {
        if (count > 0) {
            tokens.append(", ").append(count).append(what);
        }
    }

    private static String line(String message) {
        return PrintableText.of(message, LONGEST_CAUSE);
    }
}
