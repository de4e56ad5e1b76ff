package io.quarkiverse.tokenstorage.store;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.InvalidProviderNameException;

/**
 * The rule for provider names. A name becomes part of a file name without any rewriting, so only names that every file
 * system keeps apart are allowed.
 */
public final class ProviderName {

    /** The allowed form, for messages and documentation. */
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

    private static final int LONGEST = 128;
    /** Windows opens a device for these names, whatever follows the first dot. */
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5",
            "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");
    private static final int SHOWN = 64;

    private ProviderName() {
    }

    /**
     * Returns {@code name} if it is allowed.
     *
     * @throws InvalidProviderNameException if it is not; the message gives the rule
     * @throws NullPointerException if it is null
     */
    public static String require(String name) {
        if (!hasForm(name)) {
            throw new InvalidProviderNameException("Provider name " + printable(name)
                    + " is not allowed: use 1 to 128 letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
        if (isDevice(name)) {
            throw new InvalidProviderNameException("Provider name " + printable(name)
                    + " is not allowed: Windows reserves it for a device; choose another name");
        }
        return name;
    }

    /** Whether {@link #require} would accept {@code name}. */
    public static boolean isValid(String name) {
        return hasForm(name) && !isDevice(name);
    }

    /**
     * Refuses a new name that differs from an existing one in case only: many file systems cannot keep the two apart.
     *
     * @param name an allowed name
     * @param existing the names in use; if {@code name} itself is one of them, it stays in use
     * @throws InvalidProviderNameException if one of them is equal but for case
     */
    public static void requireNoCaseTwin(String name, Iterable<String> existing) {
        Optional<String> twin = Optional.empty();
        for (String other : existing) {
            if (other.equals(name)) {
                return;
            }
            twin = other.equalsIgnoreCase(name) ? Optional.of(other) : twin;
        }
        if (twin.isPresent()) {
            throw new InvalidProviderNameException("Provider name '" + name + "' differs from the existing '" + twin.get()
                    + "' in case only: use '" + twin.get() + "', or choose another name");
        }
    }

    /** Whether it matches {@link #FORM}; asked at each use of a token, and for each file of the directory. */
    private static boolean hasForm(String name) {
        if (name.isEmpty() || name.length() > LONGEST || !isLetterOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        return DEVICES.contains((dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT));
    }

    /** The name as one can print it on a terminal, whatever is in it. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder("'");
        name.chars().limit(SHOWN).forEach(c -> text.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return text.append(name.length() > SHOWN ? "...'" : "'").toString();
    }
}
