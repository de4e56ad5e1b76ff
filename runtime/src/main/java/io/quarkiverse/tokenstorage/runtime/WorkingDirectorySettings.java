package io.quarkiverse.tokenstorage.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * Settings of a command line in files of the directory where somebody happens to work: Quarkus reads {@code .env} and
 * {@code config/application.properties} there. That directory may be other people's, and settings of the storage say which
 * program sees tokens, who can read them, and where they are.
 */
final class WorkingDirectorySettings {

    private static final List<String> PLACES = List.of(".env", "config/");
    /** In any spelling that a source may use, for any profile; or a further file that holds some. */
    private static final Pattern DECIDES_WHO_READS = Pattern
            .compile("(?i)(%[^.]*\\.|_[^_]+_)?(auth[._]storage[._].*|(smallrye|quarkus)[._]config[._]locations)");
    private static final String IN_AN_ARCHIVE = "!/";

    private WorkingDirectorySettings() {
    }

    /** Why the settings of this application are not used: names the setting and the file. Empty if there are none of these. */
    static Optional<String> refusal(Config config, Path workingDirectory) {
        String directory = "file:" + workingDirectory.toUri().getRawPath();
        for (ConfigSource source : config.getConfigSources()) {
            String name = source.getName();
            for (String place : PLACES) {
                if (name != null && name.contains(directory + place) && !name.contains(IN_AN_ARCHIVE)) {
                    Optional<String> key = source.getPropertyNames().stream()
                            .filter(each -> DECIDES_WHO_READS.matcher(each).matches()).sorted().findFirst();
                    if (key.isPresent()) {
                        return Optional.of(refusal(key.get(), workingDirectory.resolve(place)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String refusal(String key, Path place) {
        return PrintableText.of(key) + " is set in " + place + ", in the working directory, which may be that of other people."
                + " It decides who reads tokens: set it in the environment, as a system property or in the application itself,"
                + " and remove it there, or work elsewhere";
    }
}
