package io.quarkiverse.tokenstorage.cli;

import java.time.Clock;
import java.time.Instant;

import io.quarkiverse.tokenstorage.AuthToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code auth token}: hands the access token to another program. */
@Command(name = "token", header = "Print the access token, for use in scripts.", description = { "",
        "Prints the access token and nothing else. An expired one is not printed.", "" }, footer = { "", "Example:",
                "  TOKEN=$(${ROOT-COMMAND-NAME} auth token corporate) || exit",
                "",
                "Exit code: 0 printed, 2 no token or expired, 1 error, 3 not configured." }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class AuthTokenCommand extends StorageCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "PROVIDER", description = "The provider; without it auth.default-provider, or the only one stored.")
    String provider;

    @Option(names = { "-q", "--quiet" }, description = "Do not say why there is no token; the exit code does.")
    boolean quiet;

    @Override
    int run(Terminal terminal) {
        try {
            terminal.exactResult(validToken(new ProviderChoice(storage, settings).require(provider)).accessToken());
            return ExitCode.SUCCESS;
        } catch (CommandFailure failure) {
            if (quiet && failure.exitCode() == ExitCode.NOT_LOGGED_IN) {
                return ExitCode.NOT_LOGGED_IN;
            }
            throw failure;
        }
    }

    private AuthToken validToken(String chosen) {
        AuthToken token = new StoredToken(storage, spec).load(chosen)
                .orElseThrow(() -> new CommandFailure(ExitCode.NOT_LOGGED_IN,
                        "Not logged in to " + chosen + ": no token is stored"));
        Instant now = Clock.systemUTC().instant();
        if (token.isExpired(now)) {
            throw new CommandFailure(ExitCode.NOT_LOGGED_IN, "The token of " + chosen + " expired "
                    + RelativeTime.of(token.expiresAt().orElseThrow(), now) + ": log in again");
        }
        return token;
    }
}
