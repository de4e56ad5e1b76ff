package io.quarkiverse.tokenstorage.cli;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.sops.text.ShortList;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** Which provider a command without the argument PROVIDER is about. */
final class ProviderChoice {

    private final TokenStorage storage;
    private final StorageSettings settings;

    ProviderChoice(TokenStorage storage, StorageSettings settings) {
        this.storage = storage;
        this.settings = settings;
    }

    /**
     * @param argument what the user wrote, null if nothing
     * @return empty if the user named none, none is configured and none is stored
     * @throws CommandFailure if several are stored
     */
    Optional<String> choose(String argument) {
        if (argument != null) {
            return Optional.of(argument);
        }
        Optional<String> configured = settings.defaultProvider();
        if (configured.isPresent()) {
            return configured;
        }
        Set<String> stored = storage.providers();
        if (stored.size() > 1) {
            throw new CommandFailure(ExitCode.ERROR, "Tokens of several providers are stored: name one of "
                    + ShortList.of(stored) + ", or set auth.default-provider");
        }
        return stored.stream().findFirst();
    }

    /** @throws CommandFailure with {@link ExitCode#NOT_LOGGED_IN} if there is nothing to choose from */
    String require(String argument) {
        return choose(argument)
                .orElseThrow(() -> new CommandFailure(ExitCode.NOT_LOGGED_IN, "Not logged in: no token is stored"));
    }
}
