package io.quarkiverse.tokenstorage.cli;

import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSource;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secrets decrypt}: what {@code sops decrypt} would print. Nothing is printed unless all of it is intact. */
@Command(name = "decrypt", header = "Decrypt a JSON document that sops or 'secrets encrypt' wrote.", description = {
        "" }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class SecretsDecryptCommand extends StorageCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The encrypted file; - or none reads standard input.")
    String file;

    @Option(names = { "-o",
            "--output" }, paramLabel = "FILE", description = "Write to this file (mode 0600) instead of standard output.")
    String output;

    @Override
    int run(Terminal terminal) {
        Path workingDirectory = settings.environment().workingDirectory();
        BoundedInput input = new BoundedInput(file, workingDirectory);
        StorageOptions options = settings.options();
        byte[] document = input.read(JsonReader.MAX_SIZE);
        int indent = new RulesFileSource(options.environment(), options.rulesFile(), List.of()).jsonIndent();
        try (SopsSetup sops = SopsSetup.of(options)) {
            JsonObject plain = sops.engine().decrypt(document, input.name());
            new DocumentOutput(output, workingDirectory).write(terminal,
                    JsonWriter.write(plain, indent));
        }
        return ExitCode.SUCCESS;
    }
}
