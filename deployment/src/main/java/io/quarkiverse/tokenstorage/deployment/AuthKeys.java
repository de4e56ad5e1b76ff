package io.quarkiverse.tokenstorage.deployment;

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

    private AuthKeys() {
    }

    static String ofProvider(String provider) {
        return "auth.providers.\"" + provider + "\".token-storage";
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
