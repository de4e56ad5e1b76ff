package io.quarkiverse.tokenstorage.cli;

import java.time.Clock;
import java.time.Instant;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.TokenImport;
import io.quarkiverse.tokenstorage.store.ProviderName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code auth import}: stores a token that was obtained elsewhere. */
@Command(name = "import", header = "Store a token response that you already have.", description = { "",
        "Reads the JSON that the provider's token endpoint answered (RFC 6749 section 5.1), or a token in the form in which it is stored, and keeps it under the provider's name.",
        "" }, footer = { "", "Example:",
                "  ${ROOT-COMMAND-NAME} auth import corporate response.json" }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class AuthImportCommand extends StorageCommand {

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "Name to store the token under.")
    String provider;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The JSON file; - or none reads standard input.")
    String file;

    @Override
    int run(Terminal terminal) {
        // Before standard input is used up, which may be a person's typing.
        ProviderName.require(provider);
        BoundedInput input = new BoundedInput(file, settings.environment().workingDirectory());
        if (input.isStandardInput() && System.console() != null) {
            terminal.say("Reading the token response from standard input; end it with Ctrl-D.");
        }
        Clock clock = Clock.systemUTC();
        AuthToken token = new TokenImport(clock).read(input.read(TokenImport.MAX_BYTES), input.name());
        Instant now = clock.instant();
        storage.save(provider, token);
        Backend backend = new Backend(settings, provider);
        terminal.say(Mark.SUCCESS, "Stored the token of " + provider + " (" + backend.describe() + "), "
                + token.expiresAt().map(moment -> "expires " + RelativeTime.of(moment, now)).orElse("without known expiry"));
        if (token.isExpired(now)) {
            terminal.warn("This token has expired already");
        }
        if (backend.name().equals(BuiltInBackends.MEMORY)) {
            terminal.warn("The memory backend forgets the token when this process ends; set auth.token-storage=sops");
        }
        return ExitCode.SUCCESS;
    }
}
