package io.quarkiverse.tokenstorage.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of this extension, and which of them is meant by a name that is none of them. What is near to none of them is
 * an application's own, which may have keys under {@code auth} too.
 */
final class KnownSettings {

    /** What the two mappings have, but for providers. Not taken from them, since that needs reflection. */
    static final List<String> KEYS = List.of("auth.token-storage", "auth.default-provider", "auth.devservices.enabled",
            "auth.health.enabled", "auth.health.max-age", "auth.health.timeout", "auth.metrics.enabled",
            "auth.storage.lock-timeout", "auth.storage.file.directory", "auth.storage.sops.directory",
            "auth.storage.sops.config-file", "auth.storage.sops.age.recipients", "auth.storage.sops.age.key-file",
            "auth.storage.sops.data-key-lifetime", "auth.storage.sops.engine", "auth.storage.sops.executable");

    /** The only key of a provider. */
    static final String PROVIDER_LEAF = "token-storage";

    /** Longer names are no slips of the pen, and would take time to compare. */
    private static final int LONGEST_NAME = 200;
    private static final int SHORTEST_PREFIX = 3;
    /** One slip for as many letters of the last segment. */
    private static final int LETTERS_PER_SLIP = 4;
    private static final int MOST_SLIPS = 3;
    private static final String ROOT = "auth.";
    private static final String PROVIDERS = "providers";

    /** The profile, the name, and the index of an element of a list. */
    private static final Pattern KEY = Pattern.compile("(%[^.]+\\.)?(auth\\..+?)(\\[\\d+])?");
    private static final Pattern VARIABLE = Pattern.compile("(_[A-Z0-9_]+_)?(AUTH_[A-Z0-9_]+?)(_\\d+_)?");
    private static final Pattern PROVIDER_KEY = Pattern.compile("auth\\.([^.\"]+)\\.(\"[^\"]+\"|[^.\"]+)\\.([^.\"]+)");
    private static final Pattern PROVIDER_VARIABLE = Pattern.compile("AUTH_([A-Z0-9]+)_+[^_].*");

    private KnownSettings() {
    }

    /** @return the name or names that are meant by a key that is not known; empty if it is known, or not meant for us */
    static Optional<String> meantByKey(String key) {
        Matcher parts = KEY.matcher(key);
        if (key.length() > LONGEST_NAME || !parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group(2);
        String profile = parts.group(1) == null ? "" : parts.group(1);
        String index = parts.group(3) == null ? "" : parts.group(3);
        if (KEYS.contains(name) || KEYS.contains(SnakeCaseAliases.otherSpelling(name))) {
            return Optional.empty();
        }
        Matcher provider = PROVIDER_KEY.matcher(name);
        if (provider.matches() && isNear(provider.group(1), PROVIDERS)) {
            String leaf = provider.group(3);
            boolean own = leaf.equals(PROVIDER_LEAF) || leaf.equals(PROVIDER_LEAF.replace('-', '_'));
            return (own ? !provider.group(1).equals(PROVIDERS) : isNear(leaf, PROVIDER_LEAF))
                    ? Optional.of(profile + ROOT + PROVIDERS + '.' + provider.group(2) + '.' + PROVIDER_LEAF)
                    : Optional.empty();
        }
        return joined(nearest(name).stream().map(known -> profile + known + index).toList());
    }

    /** The same for the name of an environment variable. */
    static Optional<String> meantByVariable(String variable) {
        Matcher parts = VARIABLE.matcher(variable);
        if (variable.length() > LONGEST_NAME || !parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group(2);
        String profile = parts.group(1) == null ? "" : parts.group(1);
        String index = parts.group(3) == null ? "" : parts.group(3);
        if (KEYS.stream().anyMatch(known -> asVariable(known).equals(name))) {
            return Optional.empty();
        }
        Matcher provider = PROVIDER_VARIABLE.matcher(name);
        if (provider.matches() && isNear(provider.group(1), PROVIDERS)) {
            return leafMeantBy(name, provider.end(1)).map(leaf -> profile + leaf);
        }
        return joined(nearest(name).stream().map(known -> profile + asVariable(known) + index).toList());
    }

    /**
     * The name of a provider may have any number of words, so that the words of the leaf are counted from the end.
     *
     * @param groupEnd where the word for the providers ends
     */
    private static Optional<String> leafMeantBy(String variable, int groupEnd) {
        String group = asVariable(ROOT + PROVIDERS);
        String leaf = asVariable(PROVIDER_LEAF);
        if (variable.startsWith(group + '_') && variable.endsWith('_' + leaf)) {
            return Optional.empty();
        }
        int last = variable.lastIndexOf('_');
        for (int start : new int[] { last + 1, variable.lastIndexOf('_', last - 1) + 1 }) {
            if (start > groupEnd + 1 && isNear(variable.substring(start), leaf)) {
                return Optional.of(group + variable.substring(groupEnd, start) + leaf);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> joined(List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", names));
    }

    /** @param name a key or a variable, without profile */
    private static List<String> nearest(String name) {
        List<String> nearest = new ArrayList<>();
        int least = MOST_SLIPS + 1;
        for (String known : KEYS) {
            int slips = slips(name, known);
            if (slips < least) {
                nearest.clear();
                least = slips;
            }
            if (slips == least && slips <= MOST_SLIPS) {
                nearest.add(known);
            }
        }
        return List.copyOf(new TreeSet<>(nearest));
    }

    /** How many slips of the pen make one of the other; more than {@link #MOST_SLIPS} if they are not alike. */
    private static int slips(String name, String known) {
        String letters = letters(name);
        int slips = EditDistance.of(letters, letters(known), MOST_SLIPS);
        String leaf = known.substring(known.lastIndexOf('.') + 1);
        if (slips <= allowedIn(leaf)) {
            return slips;
        }
        boolean inGroup = known.length() > ROOT.length() + leaf.length();
        return inGroup && isCutOff(letters, known, leaf) || lacksGroup(name, known, leaf) ? MOST_SLIPS : MOST_SLIPS + 1;
    }

    /** Such as {@code auth.storage.sops.config}. */
    private static boolean isCutOff(String letters, String known, String leaf) {
        return letters(known).startsWith(letters)
                && letters.length() >= letters(known).length() - letters(leaf).length() + SHORTEST_PREFIX;
    }

    /** Such as {@code auth.storage.sops.key-file}: it begins and ends as the known one, and lacks something between. */
    private static boolean lacksGroup(String name, String known, String leaf) {
        List<String> words = words(name);
        List<String> end = words(leaf);
        int rest = words.size() - end.size();
        if (rest < 2 || !words.subList(rest, words.size()).equals(end)) {
            return false;
        }
        List<String> groups = words(known);
        int found = 0;
        for (String word : groups.subList(0, groups.size() - end.size())) {
            if (found < rest && words.get(found).equals(word)) {
                found++;
            }
        }
        return found == rest;
    }

    private static boolean isNear(String written, String known) {
        return EditDistance.of(letters(written), letters(known), MOST_SLIPS) <= allowedIn(known);
    }

    private static int allowedIn(String leaf) {
        return Math.max(1, Math.min(MOST_SLIPS, letters(leaf).length() / LETTERS_PER_SLIP));
    }

    private static List<String> words(String name) {
        return Arrays.asList(name.toLowerCase(Locale.ROOT).split("[._-]+"));
    }

    private static String letters(String name) {
        return String.join("", words(name));
    }

    private static String asVariable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
