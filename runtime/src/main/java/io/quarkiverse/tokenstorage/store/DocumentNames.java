package io.quarkiverse.tokenstorage.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the files of one codec are called, and their final mode. No two providers and no two codecs ever share a file:
 * the suffixes end differently, and a provider whose name ends in {@code .token} has no older name, since that would be the
 * present name of the provider without {@code .token}.
 */
public enum DocumentNames {

    /** Plain JSON: {@code {provider}.token.json}, mode 0600. */
    PLAIN(".token.json", null, 0600),

    /** Encrypted: {@code {provider}.token.sops.json}, mode 0400; formerly {@code {provider}.sops.json}. */
    SOPS(".token.sops.json", ".sops.json", 0400);

    private static final String TOKEN = ".token";

    private final String suffix;
    private final String legacySuffix;
    private final int mode;

    DocumentNames(String suffix, String legacySuffix, int mode) {
        this.suffix = suffix;
        this.legacySuffix = legacySuffix;
        this.mode = mode;
    }

    /** The name that a document of {@code provider} is written to. */
    public String current(String provider) {
        return provider + suffix;
    }

    /** The older name that is still read and removed, if there is one for {@code provider}. */
    public Optional<String> legacy(String provider) {
        return legacySuffix == null || endsInToken(provider) ? Optional.empty() : Optional.of(provider + legacySuffix);
    }

    /** The provider whose document, current or legacy, is called {@code fileName}; empty if it is no such name. */
    public Optional<String> provider(String fileName) {
        if (fileName.endsWith(suffix)) {
            return valid(fileName, suffix);
        }
        if (legacySuffix != null && fileName.endsWith(legacySuffix)) {
            return valid(fileName, legacySuffix).filter(provider -> !endsInToken(provider));
        }
        return Optional.empty();
    }

    /** The provider that {@code fileName} belongs to, whatever the codec. */
    public static Optional<String> anyProvider(String fileName) {
        for (DocumentNames names : values()) {
            Optional<String> provider = names.provider(fileName);
            if (provider.isPresent()) {
                return provider;
            }
        }
        return Optional.empty();
    }

    /** Every file name that {@code provider} can have, older names before current ones. */
    public static List<String> all(String provider) {
        List<String> all = new ArrayList<>();
        for (DocumentNames names : values()) {
            names.legacy(provider).ifPresent(all::add);
        }
        for (DocumentNames names : values()) {
            all.add(names.current(provider));
        }
        return all;
    }

    /** The permission bits of a finished file. */
    int mode() {
        return mode;
    }

    private static Optional<String> valid(String fileName, String suffix) {
        String provider = fileName.substring(0, fileName.length() - suffix.length());
        return ProviderName.isValid(provider) ? Optional.of(provider) : Optional.empty();
    }

    /** In any case of letters: some file systems do not tell {@code .TOKEN} from {@code .token}. */
    private static boolean endsInToken(String provider) {
        return provider.toLowerCase(Locale.ROOT).endsWith(TOKEN);
    }
}
