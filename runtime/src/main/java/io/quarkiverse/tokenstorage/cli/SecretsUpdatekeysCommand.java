package io.quarkiverse.tokenstorage.cli;

import java.util.Optional;

import io.quarkiverse.tokenstorage.cli.KeyOutcome.Status;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import picocli.CommandLine.Command;

/** {@code secrets updatekeys}: what {@code sops updatekeys} does to a file. */
@Command(name = "updatekeys", header = "Let the recipients of today's rules, and only them, open stored tokens.", description = {
        "",
        "As 'sops updatekeys': the data key stays, and so do the values. Tokens whose recipients are those of the rule already are not touched. Whoever is removed may have kept the data key: 'secrets rotate' makes a new one.",
        "" }, footer = { "", "Interrupted? Run it again: it goes on where it stopped.", "Example:",
                "  ${ROOT-COMMAND-NAME} secrets updatekeys --all --dry-run", "",
                "Exit code: 0 all done, 2 no such token, 3 configuration, 1 error, or if some are done and some are not." }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class SecretsUpdatekeysCommand extends KeyCommand {

    @Override
    Optional<KeyOutcome> outcome(KeyRotation rotation, String provider) {
        return (dryRun ? rotation.previewUpdateKeys(provider) : rotation.updateKeys(provider))
                .map(change -> KeyOutcome.of(provider, change, change.changed()));
    }

    @Override
    void requirePossible(KeyRotation rotation) {
        rotation.requireUpdatableKeys();
    }

    @Override
    String word(Status status) {
        return switch (status) {
            case CHANGED -> dryRun ? "would be updated" : "updated";
            case UNCHANGED -> "up to date";
            case FAILED -> "failed";
        };
    }
}
