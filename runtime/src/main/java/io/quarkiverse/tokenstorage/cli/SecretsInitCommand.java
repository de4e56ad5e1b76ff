package io.quarkiverse.tokenstorage.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.doctor.Doctor;
import io.quarkiverse.tokenstorage.doctor.Finding;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secrets init}: from nothing to encrypted tokens. Run again, it only completes what is missing. */
@Command(name = "init", header = "Make the rules that encrypt tokens, and an age identity.", description = { "",
        "The rule is put into .sops.yaml in the home directory, the identity where sops looks for it. What is there already is kept.",
        "" }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class SecretsInitCommand extends StorageCommand {

    private static final String AGE = "age";
    private static final String GPG = "gpg";
    private static final String KMS = "kms";

    @Option(names = "--backend", paramLabel = "BACKEND", defaultValue = AGE, description = "What the tokens are encrypted with: age (default), gpg (a key that gpg has; none is made), or kms (AWS).")
    String backend;

    @Option(names = "--force", description = "Replace the rules, and with age add a new identity. Old identities stay in the key file, so that what they opened stays readable; the old rules are kept as .bak.")
    boolean force;

    @Option(names = "--local", description = "Write .sops.yaml into the working directory.")
    boolean local;

    @Option(names = "--fingerprint", paramLabel = "FPR", description = "With gpg: the key; without it the first that can be used of those whose secret part gpg has.")
    String fingerprint;

    @Option(names = "--arn", paramLabel = "ARN", description = "With kms: the key, or an alias of it, as arn:aws:kms:REGION:ACCOUNT:key/ID.")
    String arn;

    @Option(names = "--role", paramLabel = "ARN", description = "With kms: the role to assume for each call.")
    String role;

    @Option(names = "--aws-profile", paramLabel = "NAME", description = "With kms: the profile of ~/.aws/config that gives the credentials.")
    String profile;

    @Option(names = "--context", paramLabel = "NAME=VALUE", description = "With kms: a pair of the encryption context; can be repeated.")
    List<String> context = new ArrayList<>();

    @Override
    int run(Terminal terminal) {
        requireOptionsOfTheBackend();
        StorageOptions options = settings.options();
        Path tokens = settings.sopsDirectory();
        RulesSetup rules = new RulesSetup(options, tokens, local);
        rules.requireEffective();
        if (!backend.equals(AGE)) {
            rules.requireRead();
        }
        rules.run(terminal, key(terminal, options), force);
        if (!backend.equals(AGE)) {
            warnOfKeys(terminal);
        }
        String program = spec.root().qualifiedName();
        terminal.say("Next: '" + program + " secrets doctor' checks everything, '" + program
                + " auth import PROVIDER FILE' stores a token.");
        return ExitCode.SUCCESS;
    }

    private RuleKey key(Terminal terminal, StorageOptions options) {
        return switch (backend) {
            case GPG -> PgpKeyChoice.choose(terminal, options, fingerprint);
            case KMS -> new KmsKeyChoice(arn, role, profile, context).choose(terminal);
            default -> new IdentitySetup(options).run(terminal, force);
        };
    }

    private void requireOptionsOfTheBackend() {
        if (!List.of(AGE, GPG, KMS).contains(backend)) {
            throw new CommandFailure(ExitCode.ERROR, "--backend: '" + backend + "' is none; write age, gpg or kms");
        }
        refuse("--fingerprint", fingerprint != null, GPG);
        refuse("--arn", arn != null, KMS);
        refuse("--role", role != null, KMS);
        refuse("--aws-profile", profile != null, KMS);
        refuse("--context", !context.isEmpty(), KMS);
    }

    private void refuse(String option, boolean given, String other) {
        if (given && !backend.equals(other)) {
            throw new CommandFailure(ExitCode.ERROR,
                    option + " goes with --backend " + other + ", and the backend is " + backend);
        }
    }

    /** What is set up may be for a machine with other credentials, so this does not fail. */
    private void warnOfKeys(Terminal terminal) {
        for (Finding finding : new Doctor(settings, storage, spec.root().qualifiedName()).examineKeys()) {
            if (finding.fix().isPresent()) {
                terminal.warn(finding.detail() + ". Fix: " + finding.fix().get());
            }
        }
    }
}
