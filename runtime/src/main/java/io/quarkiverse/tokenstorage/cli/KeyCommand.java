package io.quarkiverse.tokenstorage.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.cli.KeyOutcome.Status;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.text.ShortList;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkiverse.tokenstorage.store.ProviderName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes the keys of stored tokens, one after the other: one that fails does not keep the others from it. */
abstract class KeyCommand extends StorageCommand {

    @Parameters(arity = "0..*", paramLabel = "PROVIDER", description = "The providers; without any auth.default-provider, or the only one stored.")
    List<String> providers = List.of();

    @Option(names = "--all", description = "Every provider with an encrypted token.")
    boolean all;

    @Option(names = "--dry-run", description = "Show what would change for each token; write nothing.")
    boolean dryRun;

    @Option(names = { "-q", "--quiet" }, description = "Show only what fails.")
    boolean quiet;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    /** What to do with one token, or what would be done if this is a dry run; empty if there is none. */
    abstract Optional<KeyOutcome> outcome(KeyRotation rotation, String provider);

    /** In words that continue "3 tokens: 2". */
    abstract String word(Status status);

    /** @throws CommandFailure if an option is not what it should be */
    void requireValidOptions() {
    }

    /** @throws io.quarkiverse.tokenstorage.TokenStorageException if this can be done to no token at all */
    void requirePossible(KeyRotation rotation) {
    }

    @Override
    final int run(Terminal terminal) {
        requireValidOptions();
        try (SopsTokenStorage rotation = TokenStorages.sops(settings.sopsDirectory(), settings.options())) {
            requirePossible(rotation);
            List<String> chosen = List.copyOf(choose(rotation));
            List<KeyOutcome> outcomes = new ArrayList<>();
            for (String provider : chosen) {
                KeyOutcome outcome = change(rotation, provider);
                outcomes.add(outcome);
                show(terminal, outcome, outcomes.size(), chosen.size());
            }
            return summarize(terminal, outcomes);
        }
    }

    private Set<String> choose(KeyRotation rotation) {
        if (all && !providers.isEmpty()) {
            throw new CommandFailure(ExitCode.ERROR, "Name providers or give --all, not both");
        }
        if (!providers.isEmpty()) {
            providers.forEach(ProviderName::require);
            return new LinkedHashSet<>(providers);
        }
        Set<String> stored = rotation.providers();
        if (all) {
            return stored;
        }
        Optional<String> configured = settings.defaultProvider();
        if (configured.isPresent()) {
            return Set.of(configured.get());
        }
        if (stored.size() > 1) {
            throw new CommandFailure(ExitCode.ERROR, "Tokens of several providers are stored: name some of "
                    + ShortList.of(stored) + ", or give --all");
        }
        return stored;
    }

    private KeyOutcome change(KeyRotation rotation, String provider) {
        try {
            return outcome(rotation, provider).orElseGet(() -> KeyOutcome.failed(provider, absent(provider)));
        } catch (RuntimeException e) {
            // Nothing is above this but the report of the failure, and the other tokens are still to be done
            return KeyOutcome.failed(provider, FailureReport.root(e));
        }
    }

    private CommandFailure absent(String provider) {
        String backend = settings.backendOf(provider);
        return new CommandFailure(ExitCode.NOT_LOGGED_IN, "No encrypted token of " + provider + " is stored in "
                + settings.sopsDirectory() + (backend.equals(BuiltInBackends.SOPS) ? ""
                        : ": the " + backend + " backend keeps the tokens of this provider, and it has no keys"));
    }

    /** What a dry run finds is its result, what a real run did is talk. */
    private void show(Terminal terminal, KeyOutcome outcome, int number, int count) {
        if (outcome.status() == Status.FAILED) {
            if (count > 1) {
                terminal.say(Mark.FAILURE, position(number, count) + outcome.provider() + ": " + outcome.detail());
            }
            return;
        }
        String line = position(number, count) + outcome.provider() + ": " + word(outcome.status()) + ", " + outcome.detail();
        Mark mark = outcome.status() == Status.CHANGED ? Mark.SUCCESS : Mark.SKIPPED;
        if (dryRun && !json && !quiet) {
            terminal.result(mark, line);
        } else if (!dryRun && !quiet) {
            terminal.say(mark, line);
        }
    }

    private static String position(int number, int count) {
        return count > 1 ? "[" + number + "/" + count + "] " : "";
    }

    private int summarize(Terminal terminal, List<KeyOutcome> outcomes) {
        List<KeyOutcome> failed = outcomes.stream().filter(outcome -> outcome.status() == Status.FAILED).toList();
        if (json) {
            terminal.document(JsonOutput.of(json(outcomes, failed)));
        } else if (outcomes.isEmpty()) {
            terminal.say("No encrypted token is stored in " + settings.sopsDirectory() + ": nothing to do");
        } else if (!quiet && outcomes.size() > failed.size()) {
            terminal.result(counts(outcomes));
        }
        if (failed.isEmpty()) {
            return ExitCode.SUCCESS;
        }
        throw outcomes.size() == 1 ? failed.get(0).failure().orElseThrow() : remaining(outcomes.size(), failed);
    }

    private String counts(List<KeyOutcome> outcomes) {
        List<String> parts = new ArrayList<>();
        for (Status status : Status.values()) {
            long count = outcomes.stream().filter(outcome -> outcome.status() == status).count();
            if (count > 0) {
                parts.add(count + " " + word(status));
            }
        }
        return outcomes.size() + (outcomes.size() == 1 ? " token: " : " tokens: ") + String.join(", ", parts);
    }

    private CommandFailure remaining(int count, List<KeyOutcome> failed) {
        String names = String.join(" ", failed.stream().map(KeyOutcome::provider).toList());
        List<Integer> codes = failed.stream().map(outcome -> FailureReport.exitCode(outcome.failure().orElseThrow()))
                .distinct().toList();
        // A code that tells more only if it is the whole truth
        int exitCode = failed.size() == count && codes.size() == 1 ? codes.get(0) : ExitCode.ERROR;
        return new CommandFailure(exitCode, failed.size() + " of " + count + " tokens "
                + (failed.size() == 1 ? "remains as it was" : "remain as they were") + ". Once what is said above is mended: '"
                + spec.qualifiedName() + " " + names + "'");
    }

    private JsonObject json(List<KeyOutcome> outcomes, List<KeyOutcome> failed) {
        return JsonObject.builder().add("operation", spec.name()).add("dry_run", new JsonBoolean(dryRun))
                .add("tokens", new JsonArray(List.copyOf(outcomes.stream().map(KeyOutcome::json).toList())))
                .add("remaining", JsonOutput.texts(failed.stream().map(KeyOutcome::provider).toList())).build();
    }
}
