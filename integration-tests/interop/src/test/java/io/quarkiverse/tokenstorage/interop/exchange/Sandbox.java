package io.quarkiverse.tokenstorage.interop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/**
 * A throw-away home with one age identity where sops looks for it, a working directory, and an environment that sops and
 * this library are both given. Nothing of the machine's own home or environment gets in.
 */
public final class Sandbox {

    private static final byte[] NO_INPUT = {};

    private final Path sops;
    private final Path home;
    private final Path work;
    private final AgeIdentity identity;
    private final Map<String, String> variables = new HashMap<>();

    private Sandbox(Path root, Path sops) throws IOException {
        this.sops = sops;
        Path real = root.toRealPath();
        this.home = Files.createDirectories(real.resolve("home"));
        this.work = Files.createDirectories(real.resolve("work"));
        this.identity = AgeIdentity.generate();
        write(keyFile(), identity.secretKey() + "\n");
        variables.put("HOME", home.toString());
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("SOPS_DISABLE_VERSION_CHECK", "1");
    }

    public static Sandbox in(Path root) {
        return in(root, RealProgram.SOPS.required());
    }

    /** With another sops than the usual one. */
    public static Sandbox in(Path root, Path sops) {
        try {
            return new Sandbox(root, sops);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path home() {
        return home;
    }

    public Path work() {
        return work;
    }

    public AgeIdentity identity() {
        return identity;
    }

    /** The file in which sops looks for age identities on Linux. */
    public Path keyFile() {
        return home.resolve(".config/sops/age/keys.txt");
    }

    /** Takes the age identity away. */
    public Sandbox withoutKeyFile() {
        try {
            Files.delete(keyFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Sandbox set(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public Sandbox unset(String variable) {
        variables.remove(variable);
        return this;
    }

    /** Makes a {@code .sops.yaml} in the working directory. */
    public Sandbox rules(String yaml) {
        write(work.resolve(".sops.yaml"), yaml);
        return this;
    }

    /** Makes the rule that encrypts every file for this identity, with further lines of the rule as they would stand there. */
    public Sandbox ruleFor(String recipients, String... furtherLines) {
        StringBuilder yaml = new StringBuilder("creation_rules:\n  - age: ").append(recipients).append('\n');
        for (String line : furtherLines) {
            yaml.append("    ").append(line).append('\n');
        }
        return rules(yaml.toString());
    }

    public HostEnvironment environment() {
        return environment(work);
    }

    public HostEnvironment environment(Path workingDirectory) {
        return new HostEnvironment(variables, workingDirectory, home.toString(), OperatingSystem.LINUX);
    }

    public ProgramRun sops(String... arguments) {
        return sops(work, NO_INPUT, arguments);
    }

    public ProgramRun sops(Path directory, byte[] stdin, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(sops.toString());
        command.addAll(List.of(arguments));
        return ProgramRun.of(command, variables, directory, stdin);
    }

    /** What sops writes for this content under this name, which is taken from the working directory. */
    public byte[] sopsEncrypt(byte[] plain, String name) {
        return sops(work, plain, "encrypt", "--filename-override", name).output();
    }

    public ProgramRun sopsDecrypting(byte[] document) {
        return sops(work, document, "decrypt", "--input-type", "json", "--output-type", "json");
    }

    public byte[] sopsDecrypt(byte[] document) {
        return sopsDecrypting(document).output();
    }

    /** What sops decrypts if somebody at a terminal types this line, and no agent is there to ask instead. */
    public byte[] sopsDecryptAtTerminal(byte[] document, String typed) {
        Path in = write(home.resolve("terminal/document.json"), document);
        Path out = in.resolveSibling("plain.json");
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("GPG_AGENT_INFO", "");
        String command = sops + " decrypt --output " + out + " " + in;
        ProgramRun run = ProgramRun.of(List.of(RealProgram.SCRIPT.required().toString(), "--quiet", "--return", "--command",
                command, "/dev/null"), environment, work, (typed + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            assertThat(run.exit()).as(run.stderr() + new String(run.stdout(), StandardCharsets.UTF_8)).isZero();
            byte[] plain = Files.readAllBytes(out);
            Files.delete(out);
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path write(Path file, String content) {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    public static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
