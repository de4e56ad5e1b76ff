package io.quarkiverse.tokenstorage.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code auth providers}: what is stored. One unreadable token does not hide the others. */
@Command(name = "providers", header = "List the providers with a stored token.", description = {
        "" }, exitCodeOnInvalidInput = ExitCode.ERROR, exitCodeOnExecutionException = ExitCode.ERROR)
public final class AuthProvidersCommand extends StorageCommand {

    @Option(names = { "-q", "--quiet" }, description = "Print the names only.")
    boolean quiet;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    int run(Terminal terminal) {
        Set<String> providers = storage.providers();
        if (json) {
            terminal.document(JsonOutput.of(JsonObject.builder().add("providers", entries(providers)).build()));
        } else if (quiet) {
            providers.forEach(terminal::result);
        } else if (providers.isEmpty()) {
            terminal.say("No token is stored.");
        } else {
            int width = providers.stream().mapToInt(String::length).max().orElse(0);
            providers.forEach(provider -> print(terminal, provider, width));
        }
        return ExitCode.SUCCESS;
    }

    private void print(Terminal terminal, String provider, int width) {
        String padded = String.format("%-" + width + "s  %-6s  ", provider, settings.backendOf(provider));
        try {
            TokenStatus status = status(provider);
            terminal.result(status.isLoggedIn() ? Mark.SUCCESS : Mark.FAILURE, padded + status.summary());
        } catch (TokenStorageException e) {
            terminal.result(Mark.FAILURE, padded + "unreadable: " + e.getMessage());
        }
    }

    private JsonArray entries(Set<String> providers) {
        List<JsonValue> entries = new ArrayList<>();
        for (String provider : providers) {
            try {
                entries.add(status(provider).json());
            } catch (TokenStorageException e) {
                entries.add(JsonObject.builder().add("provider", provider).add("backend", settings.backendOf(provider))
                        .add("status", "unreadable").add("detail", e.getMessage()).build());
            }
        }
        return new JsonArray(entries);
    }

    private TokenStatus status(String provider) {
        Instant now = Clock.systemUTC().instant();
        return new TokenStatus(provider, new Backend(settings, provider), storage.load(provider), now);
    }
}
