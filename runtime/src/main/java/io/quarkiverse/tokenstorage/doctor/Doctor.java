package io.quarkiverse.tokenstorage.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/**
 * Examines whether tokens can be stored and read here. Works, and says why, when nothing is configured, when a setting is
 * wrong or when there is no home directory. Changes no token, key or rule; as every use of the tokens it tightens modes that
 * are too wide and makes lock files. Asks no person for a passphrase, and ends within a bounded time even if programs and
 * services do not answer. Thread-safe; every call looks afresh.
 */
public final class Doctor {

    private final StorageSettings settings;
    private final TokenStorage storage;
    private final String program;
    private final Patience patience;

    /**
     * @param storage whose tokens are tried
     * @param program how the user calls the program that has the {@code secrets} commands, for the fixes
     */
    public Doctor(StorageSettings settings, TokenStorage storage, String program) {
        this(settings, storage, program, Patience.DEFAULT);
    }

    Doctor(StorageSettings settings, TokenStorage storage, String program, Duration longestWait) {
        this.settings = settings;
        this.storage = storage;
        this.program = program;
        this.patience = new Patience(longestWait);
    }

    /**
     * Makes all checks, which may take some seconds.
     *
     * @return with at least one finding for each check, a skipped one where there is nothing to examine
     */
    public Report examine() {
        try (Installation installation = new Installation(settings, storage, program, patience)) {
            return new Report(examine(installation, checks()), KeyReport.of(installation));
        }
    }

    /** Only whether the keys of the rule for the tokens can be used. */
    public List<Finding> examineKeys() {
        try (Installation installation = new Installation(settings, storage, program, patience)) {
            return examine(installation, List.of(new CreationRuleCheck(), new RuleKeyCheck()));
        }
    }

    /** Only whether the stored token of one provider can be read; damaged, no key and not accessible are told apart. */
    public Finding examineToken(String provider) {
        try (Installation installation = new Installation(settings, storage, program, patience)) {
            return StoredTokenCheck.examine(installation, StoredTokens.read(installation, storage, List.of(provider))).get(0);
        }
    }

    private static List<Finding> examine(Installation installation, List<Check> checks) {
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(check.examine(installation)));
        return findings;
    }

    /** What a person knows from sops first; then in the order in which one builds on the other. */
    private static List<Check> checks() {
        return List.of(
                new SopsProgramCheck(),
                new ProgramCheck("age binary found", "age", "age is built in"),
                new AgeKeyCheck(),
                new RulesFileCheck(),
                new RoundTripCheck(),
                new SettingsCheck(),
                new BackendCheck(),
                new CreationRuleCheck(),
                new RuleKeyCheck(),
                new OwnRecipientCheck(),
                new ClearTextCheck(),
                new KeyFileModeCheck(),
                new DirectoryCheck(),
                new FileSystemCheck(),
                new TokenFileCheck(),
                new LeftOverCheck(),
                new LockCheck(),
                new StoredTokenCheck(),
                new StoredKeyCheck());
    }
}
