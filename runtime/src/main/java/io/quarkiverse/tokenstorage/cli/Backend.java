package io.quarkiverse.tokenstorage.cli;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** What keeps the tokens of one provider, in words. */
final class Backend {

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
                case BuiltInBackends.FILE -> name + ", " + settings.fileDirectory();
                case BuiltInBackends.SOPS -> name + ", " + settings.sopsDirectory();
                default -> name;
            };
        } catch (StorageNotConfiguredException e) {
            return name;
        }
    }
}
