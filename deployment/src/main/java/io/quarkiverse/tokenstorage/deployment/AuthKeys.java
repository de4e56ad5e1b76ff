package io.quarkiverse.tokenstorage.deployment;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Keys of the configuration, as far as the build asks for more than their values. */
final class AuthKeys {

    static final String TOKEN_STORAGE = "auth.token-storage";
    static final String FILE_DIRECTORY = "auth.storage.file.directory";
    static final String SOPS_DIRECTORY = "auth.storage.sops.directory";
    static final String CONFIG_FILE = "auth.storage.sops.config-file";
    static final String AGE_RECIPIENTS = "auth.storage.sops.age.recipients";
    static final String AGE_KEY_FILE = "auth.storage.sops.age.key-file";

    private static final Pattern PROVIDER_WITHOUT_QUOTES = Pattern
            .compile("auth\\.providers\\.([^\".]+(?:\\.[^\".]+)+)\\.token[_-]storage");

    private AuthKeys() {
    }

    static String ofProvider(String provider) {
        return "auth.providers.\"" + provider + "\".token-storage";
    }

    /**
     * Keys that have the form of {@link #ofProvider} but for the quotes, which a name with a dot needs. No mapping knows them:
     * the provider would get the common backend.
     */
    static Map<String, String> withoutQuotes() {
        Map<String, String> quoted = new TreeMap<>();
        for (String key : ConfigProvider.getConfig().getPropertyNames()) {
            Matcher matcher = PROVIDER_WITHOUT_QUOTES.matcher(key);
            if (matcher.matches()) {
                quoted.put(key, ofProvider(matcher.group(1)));
            }
        }
        return quoted;
    }

    /** The ordinal of the source that sets this key, 0 if none does or it cannot be told. */
    static int ordinal(String key) {
        Config config = ConfigProvider.getConfig();
        return Math.max(config.getConfigValue(key).getSourceOrdinal(),
                config.getConfigValue(key.replace("\"", "")).getSourceOrdinal());
    }

    /** Whether the application sets this key to something. */
    static boolean isSet(String key) {
        String value = ConfigProvider.getConfig().getConfigValue(key).getValue();
        return value != null && !value.isEmpty();
    }
}
