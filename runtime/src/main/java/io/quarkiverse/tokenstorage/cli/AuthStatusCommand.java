package io.quarkiverse.tokenstorage.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code auth status}: whether there is a token that still works. */
@Command(name = "status", header = "Show whether you are logged in, and until when.", description = { "",
        "Never shows a token. Without a key, shows what the file has in clear, unverified.", "" }, footer = { "",
                "Exit code: 0 logged in, 2 no token or expired, 1 error or not verified, 3 not configured." }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class AuthStatusCommand extends StorageCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "PROVIDER", description = "The provider; without it auth.default-provider, or the only one stored.")
    String provider;

    @Option(names = { "-q", "--quiet" }, description = "Print nothing, also with --json: the exit code is the answer.")
    boolean quiet;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    int run(Terminal terminal) {
        String chosen = new ProviderChoice(storage, settings).require(provider);
        Instant now = Clock.systemUTC().instant();
        Optional<AuthToken> token;
        try {
            token = new StoredToken(storage, spec).load(chosen);
        } catch (DataKeyUnavailableException e) {
            return showUnverified(terminal, e, chosen, now);
        }
        TokenStatus status = new TokenStatus(chosen, new Backend(settings, chosen), token, now);
        if (json && !quiet) {
            terminal.document(JsonOutput.of(status.json()));
        } else if (!quiet) {
            status.print(terminal);
        }
        return status.isLoggedIn() ? ExitCode.SUCCESS : ExitCode.NOT_LOGGED_IN;
    }

    /** Not a login, nor the lack of one: the answer is an error, with something to read. */
    private int showUnverified(Terminal terminal, DataKeyUnavailableException failure, String chosen, Instant now) {
        if (quiet) {
            throw failure;
        }
        UnverifiedStatus status = UnverifiedStatus.orThrow(failure, chosen, settings, now);
        if (json) {
            terminal.document(JsonOutput.of(status.json(failure.getMessage())));
        } else {
            status.print(terminal);
        }
        terminal.warn("What is shown stands in clear in the file and was not checked: whoever can write the file can have"
                + " changed it. " + failure.getMessage());
        return ExitCode.ERROR;
    }
}
