package io.quarkiverse.tokenstorage.sops.executable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.AlreadyEncryptedException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.ProducedDocument;
import io.quarkiverse.tokenstorage.sops.RuleLookup;
import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.process.ProcessResult;
import io.quarkiverse.tokenstorage.sops.rules.KeyVariables;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;

/**
 * The encryption of a document by one run of sops. The program makes and wraps the data key only when it has the document, so
 * nothing of that can be done before; {@link #requireReady} has it encrypt a document without secrets under the same rule.
 */
final class ExecutableEncryption implements PreparedEncryption {

    private static final byte[] PROBE = "{\"probe\":\"Shows that encryption works\"}".getBytes(StandardCharsets.US_ASCII);

    private final SopsProgram program;
    private final CreationRule rule;
    private final ValueSelection selection;
    private final List<String> arguments;
    private final Map<String, String> variables;

    /** @throws StorageNotConfiguredException if the rule cannot be passed on */
    ExecutableEncryption(SopsProgram program, CreationRule rule) {
        this.program = program;
        this.rule = rule;
        this.selection = rule.selection();
        this.arguments = new ArrayList<>(List.of("--config",
                rule.lookup().flatMap(RuleLookup::rulesFile).map(Path::toString).orElseGet(program::noRulesFile),
                "encrypt", "--input-type", "json", "--output-type", "json", "--filename-override",
                rule.lookup().map(lookup -> lookup.target().toString()).orElse("document.json")));
        this.variables = program.variables();
        // Public keys are all it takes
        variables.remove(IdentityVariables.AGE_KEY);
        if (rule.lookup().isEmpty()) {
            variables.keySet().removeAll(KeyVariables.names());
            arguments.addAll(List.of("--age", ageRecipients(rule)));
        }
    }

    private static String ageRecipients(CreationRule rule) {
        List<MasterKey> keys = rule.keyGroups().stream().flatMap(List::stream).toList();
        return keys.stream().map(MasterKey::identity).collect(Collectors.joining(","));
    }

    @Override
    public CreationRule rule() {
        return rule;
    }

    @Override
    public ValueSelection selection() {
        return selection;
    }

    /** {@inheritDoc} Asks every master key once. */
    @Override
    public void requireReady() {
        try (ProcessResult result = program.run(arguments, variables, PROBE)) {
            if (result.exitCode() != 0) {
                throw ProgramFailure.ofProbe(result.exitCode(), rule.origin(),
                        new ErrorText(program.environment()).of(result.errorLines()));
            }
            ProducedDocument.require(result.output(), PROBE, rule, "sops");
        }
    }

    /**
     * {@inheritDoc}
     * <p>
     * Runs sops, which may fail although {@link #requireReady} did not just before: a service may have become unreachable,
     * memory short, the rules file changed. The token may be the only copy of one that replaces a spent one, so what may be
     * over by now is tried once more; what then fails is reported like a failure to write. A run that exceeds a bound is not
     * repeated: others wait for the lock meanwhile.
     */
    @Override
    public byte[] encrypt(JsonObject plain) {
        if (SopsDocument.isEncrypted(plain)) {
            throw AlreadyEncryptedException.reservedMember();
        }
        byte[] given = JsonWriter.writeTyped(plain);
        try {
            Attempt first = attempt(given);
            if (first.failure().isEmpty()) {
                return first.output();
            }
            if (first.exitCode() != 0) {
                // The words of sops about the document may quote it; those about the probe do not
                requireReady();
            }
            return attempt(given).require();
        } finally {
            Arrays.fill(given, (byte) 0);
        }
    }

    private Attempt attempt(byte[] given) {
        try (ProcessResult result = program.run(arguments, variables, given)) {
            byte[] produced = result.output().clone();
            return new Attempt(result.exitCode(), produced, failure(result.exitCode(), produced, given));
        }
    }

    private Optional<TokenStorageException> failure(int exitCode, byte[] produced, byte[] given) {
        if (exitCode != 0) {
            return Optional.of(ProgramFailure.ofEncryption(exitCode, rule.origin()));
        }
        try {
            ProducedDocument.require(produced, given, rule, "sops");
            return Optional.empty();
        } catch (TokenStorageException e) {
            return Optional.of(e);
        }
    }

    /** What came of one run: a document, unless there is a failure. */
    private record Attempt(int exitCode, byte[] output, Optional<TokenStorageException> failure) {

        byte[] require() {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return output;
        }
    }

    @Override
    public void close() {
        // Holds no key
    }
}
