package io.quarkiverse.tokenstorage.interop.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.it.programs.ShellScript;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSource;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/**
 * This library with the files and variables of a sandbox and the real sops as its engine, which is counted and can be
 * disturbed.
 */
public final class ProgramEngine {

    private final Sandbox box;
    private final Path directory;
    private final Path program;

    public ProgramEngine(Sandbox box) {
        this.box = box;
        this.directory = box.home().resolve("engine");
        this.program = directory.resolve("sops");
        disturb("");
    }

    /**
     * Has a piece of shell script run before each run of sops; {@code $runs} says how many times it has been asked to encrypt
     * or decrypt.
     */
    public void disturb(String script) {
        ShellScript.write(program, """
                case "$3" in encrypt|decrypt) echo "$3" >>'%s/runs';; esac
                runs=$(cat '%1$s/runs' 2>/dev/null | wc -l)
                case "$3" in encrypt|decrypt)
                %s
                ;; esac
                exec '%s' "$@"
                """.formatted(directory, script.isEmpty() ? ":" : script, RealProgram.SOPS.required()));
    }

    /** What it was asked for since the last time. */
    public List<String> runs() {
        try {
            Path runs = directory.resolve("runs");
            List<String> lines = Files.exists(runs) ? Files.readAllLines(runs) : List.of();
            Files.deleteIfExists(runs);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public StorageOptions options() {
        return StorageOptions.defaults().withEnvironment(box.environment()).withSopsExecutable(program.toString());
    }

    public byte[] encrypt(byte[] plain, String name) {
        return encrypt(options(), plain, name);
    }

    public static byte[] encrypt(StorageOptions options, byte[] plain, String name) {
        Path target = options.environment().workingDirectory().resolve(name).normalize();
        try (SopsSetup sops = SopsSetup.of(options);
                PreparedEncryption encryption = sops.engine().prepare(sops.rules().ruleFor(target))) {
            encryption.requireReady();
            return encryption.encrypt(JsonReader.read(plain, name));
        }
    }

    public byte[] decrypt(byte[] document) {
        return decrypt(options(), document);
    }

    public static byte[] decrypt(StorageOptions options, byte[] document) {
        int indent = new RulesFileSource(options.environment(), options.rulesFile(), List.of()).jsonIndent();
        try (SopsSetup sops = SopsSetup.of(options)) {
            return JsonWriter.write(sops.engine().decrypt(document, "document"), indent);
        }
    }
}
