package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/**
 * Examines whether tokens can be stored and read here. Works, and says why, when nothing is configured, when a setting is
 * wrong or when there is no home directory. Changes nothing but modes that reading a token tightens anyway. Thread-safe;
 * every call looks afresh.
 */
public final class Doctor {

    private final StorageSettings settings;
    private final TokenStorage storage;
    private final String program;

    /**
     * @param storage whose tokens are tried
     * @param program how the user calls the program that has the {@code secrets} commands, for the fixes
     */
    public Doctor(StorageSettings settings, TokenStorage storage, String program) {
        this.settings = settings;
        this.storage = storage;
        this.program = program;
    }

    public Report examine() {
        try (Subject subject = new Subject(settings, storage, program)) {
            List<Finding> findings = new ArrayList<>();
            checks().forEach(check -> findings.addAll(check.examine(subject)));
            return new Report(findings);
        }
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
                new OwnRecipientCheck(),
                new ClearTextCheck(),
                new KeyFileModeCheck(),
                new DirectoryCheck(),
                new FileSystemCheck(),
                new TokenFileCheck(),
                new LeftOverCheck(),
                new LockCheck(),
                new StoredTokenCheck());
    }
}
