package io.quarkiverse.tokenstorage.it.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fresh SSH key, made by {@code ssh-keygen}.
 *
 * @param recipient the public key with its comment
 * @param file the private key, with the public one beside it
 */
public record SshKey(String recipient, Path file) {

    /** What every public key ends with. */
    public static final String COMMENT = "me@host of mine";
    /** The passphrase of those that have one. */
    public static final String PASSPHRASE = "käse und brot";

    /** @param options further options of {@code ssh-keygen}; {@code -N} for a passphrase */
    public static SshKey generate(Path file, String type, String... options) {
        try {
            Files.createDirectories(file.getParent());
            List<String> command = new ArrayList<>(List.of(RealProgram.SSH_KEYGEN.required().toString(), "-q", "-t", type,
                    "-f", file.toString(), "-C", COMMENT));
            command.addAll(List.of(options));
            if (!command.contains("-N")) {
                command.addAll(List.of("-N", ""));
            }
            ProgramRun.of(command, Map.of("LC_ALL", "C.UTF-8"), file.getParent(), new byte[0]).output();
            return new SshKey(Files.readString(file.resolveSibling(file.getFileName() + ".pub")).strip(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
