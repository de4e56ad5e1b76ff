package io.quarkiverse.tokenstorage.sops.executable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.process.ProcessResult;
import io.quarkiverse.tokenstorage.sops.value.NumberTypes;

/**
 * SOPS by the {@code sops} program, for every kind of key that it knows.
 * <p>
 * Reading costs one run of the program, with whatever it asks of a key service; nothing is cached. Writing costs one run, and
 * one more where it must be known beforehand whether it will succeed ({@link PreparedEncryption#requireReady}). The rules are
 * those that this library finds, also in the home directory, where sops does not look; what sops makes of them is checked
 * before it is given out. Thread-safe; documents are worked on side by side.
 */
public final class ExecutableEngine implements SopsEngine {

    private final SopsProgram program;
    private final Optional<Path> ageKeyFile;
    private final List<KeyService> known;
    private final Predicate<KeyKind> knowsMore;
    private final ErrorText errors;

    /**
     * @param ageKeyFile an age identity file, tried before that of the variable {@code SOPS_AGE_KEY_FILE}
     * @param known the keys that are built in, which answer {@link #ownMasterKeys}; closed with this engine
     * @param knowsMore whether the program has keys of a kind that are not built in
     */
    public ExecutableEngine(SopsProgram program, Optional<Path> ageKeyFile, List<KeyService> known,
            Predicate<KeyKind> knowsMore) {
        this.program = program;
        this.ageKeyFile = ageKeyFile.map(program.environment().workingDirectory()::resolve);
        this.known = List.copyOf(known);
        this.knowsMore = knowsMore;
        this.errors = new ErrorText(program.environment());
    }

    /** For every kind of key, a service that knows it by name: for rules whose documents this engine encrypts. */
    public List<KeyService> namedKeys() {
        return NamedKeyService.ofEveryKind(known);
    }

    /** {@inheritDoc} Here only the rule is checked: sops has no data key before it has the document. */
    @Override
    public PreparedEncryption prepare(CreationRule rule) {
        return new ExecutableEncryption(program, rule);
    }

    @Override
    public JsonObject decrypt(byte[] document, String location) {
        // What is no SOPS document, or hostile, does not get as far as the program
        SopsDocument encrypted = SopsDocument.parse(document, location);
        List<String> arguments = List.of("--config", program.noRulesFile(), "decrypt", "--input-type", "json", "--output-type",
                "json");
        TokenStorageException failure = null;
        for (Map<String, String> variables : environments()) {
            try (ProcessResult result = program.run(arguments, variables, document)) {
                if (result.exitCode() == 0) {
                    return NumberTypes.restore(JsonReader.read(result.output(), "what sops made of " + location),
                            encrypted.tree());
                }
                failure = ProgramFailure.ofDecryption(result.exitCode(), location, errors.of(result.errorLines()));
                if (result.exitCode() != ProgramFailure.COULD_NOT_RETRIEVE_KEY) {
                    break;
                }
            }
        }
        throw failure;
    }

    /** {@inheritDoc} Here it always takes the program; only what is no SOPS document is known without. */
    @Override
    public Optional<JsonObject> decryptAtHand(byte[] document, String location) {
        SopsDocument.parse(document, location);
        return Optional.empty();
    }

    /** sops reads one key file, this library both: where the first does not help, the second is tried. */
    private List<Map<String, String>> environments() {
        List<Map<String, String>> environments = new ArrayList<>();
        ageKeyFile.ifPresent(file -> {
            Map<String, String> variables = program.variables();
            variables.put(IdentityVariables.AGE_KEY_FILE, file.toString());
            environments.add(variables);
        });
        Optional<String> other = program.environment().nonEmptyVariable(IdentityVariables.AGE_KEY_FILE);
        if (ageKeyFile.isEmpty() || other.isPresent() && !ageKeyFile.map(Path::toString).equals(other)) {
            environments.add(program.variables());
        }
        return environments;
    }

    /** Not here: sops updates the keys of files only. */
    @Override
    public byte[] rewrap(byte[] document, String location, CreationRule rule) {
        throw notRewrappable(location);
    }

    @Override
    public void requireRewrappable(String location) {
        throw notRewrappable(location);
    }

    private static StorageNotConfiguredException notRewrappable(String location) {
        return new StorageNotConfiguredException(location + ": the keys of a document cannot be updated with"
                + " auth.storage.sops.engine=executable. Give it a new data key instead (secrets rotate), or run 'sops updatekeys'");
    }

    @Override
    public Optional<Set<String>> ownMasterKeys(KeyKind kind) {
        return knowsMore.test(kind) ? Optional.empty()
                : known.stream().filter(service -> service.kind() == kind).findFirst().flatMap(KeyService::ownMasterKeys);
    }

    @Override
    public void close() {
        known.forEach(KeyService::close);
    }
}
