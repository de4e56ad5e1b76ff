package io.quarkiverse.tokenstorage.cli;

import java.nio.file.Path;

import io.quarkiverse.tokenstorage.storage.StorageOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secrets init}: from nothing to encrypted tokens. Run again, it only completes what is missing. */
@Command(name = "init", header = "Make an age identity and the rules that encrypt tokens for it.", description = { "",
        "The identity is put where sops looks for it, the rule into .sops.yaml in the home directory. What is there already is kept.",
        "" }, exitCodeOnInvalidInput = ExitCode.ERROR, exitCodeOnExecutionException = ExitCode.ERROR)
public final class SecretsInitCommand extends StorageCommand {

    @Option(names = "--force", description = "Add a new identity and replace the rules. Old identities stay in the key file, so that what they opened stays readable; the old rules are kept as .bak.")
    boolean force;

    @Option(names = "--local", description = "Write .sops.yaml into the working directory.")
    boolean local;

    @Override
    int run(Terminal terminal) {
        StorageOptions options = settings.options();
        Path tokens = settings.sopsDirectory();
        RulesSetup rules = new RulesSetup(options, tokens, local);
        rules.requireEffective();
        String recipient = new IdentitySetup(options).run(terminal, force);
        rules.run(terminal, recipient, force);
        String program = spec.root().qualifiedName();
        terminal.say("Next: '" + program + " secrets doctor' checks everything, '" + program
                + " auth import PROVIDER FILE' stores a token.");
        return ExitCode.SUCCESS;
    }
}
