package io.quarkiverse.tokenstorage.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code auth providers}: what is stored. One unreadable token does not hide the others. */
@Command(name = "providers", header = "List the providers with a stored token.", description = {
        "" }, exitCodeOnInvalidInput = ExitCode.ERROR)
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
        } catch (DataKeyUnavailableException e) {
            printUnverified(terminal, provider, padded, e);
        } catch (TokenStorageException e) {
            printUnreadable(terminal, padded, e);
        }
    }

    private void printUnverified(Terminal terminal, String provider, String padded, DataKeyUnavailableException failure) {
        try {
            terminal.result(Mark.WARNING, padded + unverified(provider, failure).summary());
        } catch (TokenStorageException e) {
            printUnreadable(terminal, padded, e);
        }
    }

    private static void printUnreadable(Terminal terminal, String padded, TokenStorageException failure) {
        terminal.result(Mark.FAILURE, padded + "unreadable: " + failure.getMessage());
    }

    private JsonArray entries(Set<String> providers) {
        List<JsonValue> entries = new ArrayList<>();
        for (String provider : providers) {
            entries.add(entry(provider));
        }
        return new JsonArray(entries);
    }

    private JsonObject entry(String provider) {
        try {
            return verifiedOrNot(provider);
        } catch (TokenStorageException e) {
            return JsonObject.builder().add("provider", provider).add("backend", settings.backendOf(provider))
                    .add("status", "unreadable").add("detail", e.getMessage()).build();
        }
    }

    private JsonObject verifiedOrNot(String provider) {
        try {
            return status(provider).json();
        } catch (DataKeyUnavailableException e) {
            return unverified(provider, e).json(e.getMessage());
        }
    }

    private UnverifiedStatus unverified(String provider, DataKeyUnavailableException failure) {
        return UnverifiedStatus.orThrow(failure, provider, settings, Clock.systemUTC().instant());
    }

    private TokenStatus status(String provider) {
        Instant now = Clock.systemUTC().instant();
        return new TokenStatus(provider, new Backend(settings, provider), storage.load(provider), now);
    }
}
