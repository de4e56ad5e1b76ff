package io.quarkiverse.tokenstorage.cli;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** What keeps the tokens of one provider, in words. */
final class Backend {

    static final String MEMORY = "memory";
    static final String SOPS = "sops";

    private final StorageSettings settings;
    private final String name;

    Backend(StorageSettings settings, String provider) {
        this.settings = settings;
        this.name = settings.backendOf(provider);
    }

    String name() {
        return name;
    }

    /** Such as {@code sops, /home/me/.config/kstlib/auth/tokens}. */
    String describe() {
        try {
            return switch (name) {
                case "file" -> name + ", " + settings.fileDirectory();
                case SOPS -> name + ", " + settings.sopsDirectory();
                default -> name;
            };
        } catch (StorageNotConfiguredException e) {
            return name;
        }
    }
}
