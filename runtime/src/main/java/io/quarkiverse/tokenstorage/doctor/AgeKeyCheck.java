package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus.State;

/** Whether there is an identity to decrypt with, in a file or wherever else sops takes it from. */
final class AgeKeyCheck implements Check {

    private static final String NAME = "Age key file exists";

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.sops().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOT_ENCRYPTED));
        }
        if (isForOtherKeysOnly(installation)) {
            return List.of(Finding.ok(NAME, "not needed: no rule names an age key"));
        }
        List<IdentitySourceStatus> sources = installation.identitySources();
        List<Finding> findings = new ArrayList<>();
        for (IdentitySourceStatus source : sources) {
            if (source.state() == State.LOCKED) {
                findings.add(Finding.ok(NAME, place(source) + " is under a passphrase, which is asked for when it is needed"
                        + (source.recipients().isEmpty() ? "" : " (" + String.join(", ", source.recipients()) + ")")));
            } else if (!source.recipients().isEmpty()) {
                findings.add(Finding.ok(NAME, place(source) + " (" + String.join(", ", source.recipients()) + ")"));
            } else if (source.state() == State.NOT_ASKED) {
                findings.add(Finding.ok(NAME, place(source) + " is asked when it is needed"));
            }
        }
        boolean found = !findings.isEmpty();
        for (IdentitySourceStatus source : sources) {
            for (String problem : source.problems()) {
                String fix = fix(source, installation);
                findings.add(found ? Finding.warn(NAME, problem, fix) : Finding.notConfigured(NAME, problem, fix));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.notConfigured(NAME, "none; looked for " + String.join(", ",
                    sources.stream().map(AgeKeyCheck::place).toList()), installation.command("secrets init")));
        }
        return findings;
    }

    /** Whether identities open nothing that is saved here. */
    static boolean isForOtherKeysOnly(Installation installation) {
        List<CreationRule> rules = ApplicableRules.of(installation);
        return !rules.isEmpty() && rules.stream().flatMap(rule -> rule.keyGroups().stream()).flatMap(List::stream)
                .noneMatch(key -> key.kind() == KeyKind.AGE);
    }

    private static String fix(IdentitySourceStatus source, Installation installation) {
        if (source.file().isEmpty()) {
            return "correct or unset it";
        }
        if (source.sshKey()) {
            return "correct it, or name another key in SOPS_AGE_SSH_PRIVATE_KEY_FILE; of no matter if SSH keys open no tokens";
        }
        String another = "make another: " + installation.command("secrets init");
        return Files.exists(source.file().get()) ? "correct it, or move it away and " + another
                : "correct the path, or " + another;
    }

    private static String place(IdentitySourceStatus source) {
        return source.file().map(Path::toString).orElse(source.name());
    }
}
