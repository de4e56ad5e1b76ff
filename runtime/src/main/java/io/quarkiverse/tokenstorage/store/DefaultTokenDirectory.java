package io.quarkiverse.tokenstorage.store;

import java.nio.file.Path;

import io.quarkiverse.tokenstorage.HostEnvironment;

/** Where tokens are kept unless configured otherwise. */
public final class DefaultTokenDirectory {

    /** As one writes it in a setting. */
    public static final String SETTING = "~/.config/kstlib/auth/tokens";

    private DefaultTokenDirectory() {
    }

    /**
     * The default directory of this user; nothing is created.
     *
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if there is no usable home directory
     */
    public static Path of(HostEnvironment environment) {
        return environment.resolve(SETTING);
    }
}
