package io.quarkiverse.tokenstorage.sops.text;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names in a one-line message, of which there may be thousands. */
public final class ShortList {

    private static final int MOST = 10;

    private ShortList() {
    }

    /** The first ten, separated by commas, and how many more there are. */
    public static String of(Collection<String> names) {
        String first = names.stream().limit(MOST).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + String.format(Locale.ROOT, " and %,d more", names.size() - MOST);
    }
}
