package io.quarkiverse.tokenstorage.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.cli.KeyOutcome.Status;
import io.quarkiverse.tokenstorage.storage.DurationText;
import io.quarkiverse.tokenstorage.storage.KeyChange;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secrets rotate}: new data keys under today's rules. */
@Command(name = "rotate", header = "Encrypt stored tokens anew, with new data keys and for today's recipients.", description = {
        "",
        "Do this when a key may have become known, or somebody may no longer read. Needs a key that opens the old file. Tokens can be read and refreshed meanwhile; what fails stays as it was.",
        "" }, footer = { "", "Interrupted? Run it again; --older-than 1h spares what was done within the last hour.",
                "Example:", "  ${ROOT-COMMAND-NAME} secrets rotate --all --dry-run", "",
                "Exit code: 0 all done, 2 no such token, 3 configuration, 1 error, or if some are done and some are not." }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class SecretsRotateCommand extends KeyCommand {

    private static final Duration LONGEST_AGE = Duration.ofDays(3650);

    @Option(names = "--older-than", paramLabel = "AGE", description = "Leave out what was encrypted more recently, such as 30d, 12h or 45m.")
    String olderThan;

    @Override
    Optional<KeyOutcome> outcome(KeyRotation rotation, String provider) {
        Optional<KeyChange> preview = dryRun || olderThan != null ? rotation.previewRotate(provider) : Optional.empty();
        if (olderThan != null && preview.isPresent() && isYoung(preview.get())) {
            return preview.map(change -> KeyOutcome.of(provider, change, false));
        }
        return (dryRun ? preview : rotation.rotate(provider)).map(change -> KeyOutcome.of(provider, change, true));
    }

    @Override
    void requireValidOptions() {
        if (olderThan != null) {
            age();
        }
    }

    private boolean isYoung(KeyChange change) {
        return change.lastModified().isAfter(Clock.systemUTC().instant().minus(age()));
    }

    private Duration age() {
        try {
            return DurationText.parse("--older-than", olderThan, LONGEST_AGE);
        } catch (StorageNotConfiguredException e) {
            throw new CommandFailure(ExitCode.ERROR, e.getMessage(), e);
        }
    }

    @Override
    String word(Status status) {
        return switch (status) {
            case CHANGED -> dryRun ? "would be rotated" : "rotated";
            case UNCHANGED -> "not older than " + olderThan;
            case FAILED -> "failed";
        };
    }
}
