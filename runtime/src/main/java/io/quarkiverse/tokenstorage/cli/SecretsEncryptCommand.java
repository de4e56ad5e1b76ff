package io.quarkiverse.tokenstorage.cli;

import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.AlreadyEncryptedException;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.selector.ClearPaths;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secrets encrypt}: what {@code sops encrypt} would write. */
@Command(name = "encrypt", header = "Encrypt a JSON document as sops does.", description = { "",
        "The first creation rule that matches the file's path says for whom, and which values.", "" }, footer = { "",
                "Example:",
                "  ${ROOT-COMMAND-NAME} secrets encrypt --filename-override app.sops.json app.json -o app.sops.json" }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class SecretsEncryptCommand extends StorageCommand {

    private static final int NAMED = 5;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The JSON file; - or none reads standard input.")
    String file;

    @Option(names = "--filename-override", paramLabel = "F", description = "Match rules against this path instead of FILE; needed for standard input.")
    String filenameOverride;

    @Option(names = { "-o",
            "--output" }, paramLabel = "FILE", description = "Write to this file (mode 0600) instead of standard output.")
    String output;

    @Override
    int run(Terminal terminal) {
        Path workingDirectory = settings.environment().workingDirectory();
        BoundedInput input = new BoundedInput(file, workingDirectory);
        if (input.isStandardInput() && filenameOverride == null) {
            throw new CommandFailure(ExitCode.ERROR,
                    "Standard input has no path that rules could match: add --filename-override PATH");
        }
        Path target = filenameOverride == null ? input.path() : BoundedInput.path(filenameOverride, workingDirectory);
        StorageOptions options = settings.options();
        JsonObject plain = JsonReader.read(input.read(JsonReader.MAX_SIZE), input.name());
        try (SopsSetup sops = SopsSetup.of(options);
                PreparedEncryption encryption = sops.engine().prepare(sops.rules().ruleFor(target))) {
            byte[] document = encrypted(encryption, plain, input);
            warnOfClearText(terminal, encryption.rule(), ClearPaths.of(plain, encryption.selection()));
            new DocumentOutput(output, workingDirectory).write(terminal, document);
        }
        return ExitCode.SUCCESS;
    }

    private static byte[] encrypted(PreparedEncryption encryption, JsonObject plain, BoundedInput input) {
        try {
            return encryption.encrypt(plain);
        } catch (AlreadyEncryptedException e) {
            throw new CommandFailure(ExitCode.ERROR, input.name() + ": " + e.getMessage(), e);
        }
    }

    private static void warnOfClearText(Terminal terminal, CreationRule rule, List<String> clear) {
        if (!clear.isEmpty()) {
            Selector selector = rule.selector().orElse(Selector.DEFAULT);
            terminal.warn("Not encrypted, as " + selector.kind().fieldName() + " of " + rule.origin() + " says: "
                    + String.join(", ", clear.subList(0, Math.min(NAMED, clear.size())))
                    + (clear.size() > NAMED ? " and " + (clear.size() - NAMED) + " more" : ""));
        }
    }
}
