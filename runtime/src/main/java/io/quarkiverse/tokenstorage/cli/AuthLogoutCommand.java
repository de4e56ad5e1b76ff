package io.quarkiverse.tokenstorage.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.store.DirectoryStore;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code auth logout}: forgets a token, whatever backend kept it. */
@Command(name = "logout", header = "Remove a stored token from this machine.", description = { "",
        "Removes every file of the provider, encrypted or not, readable or not. The provider itself is not told: the tokens stay valid there until they expire.",
        "" }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class AuthLogoutCommand extends StorageCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "PROVIDER", description = "The provider; without it auth.default-provider, or the only one stored.")
    String provider;

    @Override
    int run(Terminal terminal) {
        Optional<String> chosen = new ProviderChoice(storage, settings).choose(provider);
        if (chosen.isEmpty() || !remove(chosen.get())) {
            throw new CommandFailure(ExitCode.NOT_LOGGED_IN,
                    "Not logged in" + chosen.map(name -> " to " + name).orElse("") + ": there was nothing to remove");
        }
        terminal.say(Mark.SUCCESS, "Removed the token of " + chosen.get());
        return ExitCode.SUCCESS;
    }

    private boolean remove(String name) {
        boolean removed = storage.delete(name);
        for (Path directory : directories(name)) {
            try (DirectoryStore store = new DirectoryStore(directory, DocumentNames.SOPS, settings.options().lockTimeout())) {
                removed |= !store.deleteEverything(name).isEmpty();
            }
        }
        return removed;
    }

    /** Also that of the backend which does not keep this provider's token now: it may have before. */
    private Set<Path> directories(String name) {
        try {
            return new LinkedHashSet<>(List.of(settings.sopsDirectory(), settings.fileDirectory()));
        } catch (StorageNotConfiguredException e) {
            if (settings.backendOf(name).equals(BuiltInBackends.MEMORY)) {
                return Set.of();
            }
            throw e;
        }
    }
}
