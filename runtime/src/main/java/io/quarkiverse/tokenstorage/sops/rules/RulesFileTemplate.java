package io.quarkiverse.tokenstorage.sops.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.re2j.Pattern;

import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.files.ConfigurationFileWriter;
import io.quarkiverse.tokenstorage.files.FailureReason;

/** A new {@code .sops.yaml} with one rule, for the documents of one directory. */
public final class RulesFileTemplate {

    /** Nothing in it is secret, but others need not know either which keys protect what. */
    private static final String MODE = "rw-------";

    private static final String EXAMPLE = "example.sops.json";

    private RulesFileTemplate() {
    }

    /** The content: the rule, which sops itself understands, and a comment. */
    public static String content(Path directory, Path rulesFile, RuleKeys keys) {
        return "creation_rules:\n"
                + "  # Tokens in " + directory.toString().replaceAll("\\p{Cntrl}", "?") + "\n"
                + "  - path_regex: '" + pathRegex(directory, rulesFile).replace("'", "''") + "'\n"
                + keys.lines().stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }

    /** A pattern that matches the encrypted documents in a directory, seen from a rules file. */
    public static String pathRegex(Path directory, Path rulesFile) {
        return pathRegex(directory.toString(), RulesDirectory.of(rulesFile, directory.resolve(EXAMPLE)).path(),
                directory.getFileSystem().getSeparator());
    }

    /** Anchored at the start only if it is absolute: a relative path is found below other directories too. */
    static String pathRegex(String directory, String rulesDirectory, String separator) {
        String documents = (directory.endsWith(separator) ? "" : Pattern.quote(separator)) + ".*\\.sops\\.json$";
        if (directory.equals(rulesDirectory)) {
            return "^[^" + Pattern.quote(separator) + "]*\\.sops\\.json$";
        }
        String prefix = rulesDirectory.endsWith(separator) ? rulesDirectory : rulesDirectory + separator;
        return directory.startsWith(prefix) && !prefix.equals(separator)
                ? Pattern.quote(directory.substring(prefix.length())) + documents
                : "^" + Pattern.quote(directory) + documents;
    }

    /**
     * Writes the file, or what it leads to if it is a link. One that is there already stays, or, if it may be replaced, is kept
     * beside the new one with the
     * ending {@code .bak}, and a number if there is such a file: what a person wrote is never lost to a second run.
     *
     * @return the file that holds what was replaced
     * @throws StorageAccessException if there is a file that may not be replaced, or writing fails
     */
    public static Optional<Path> write(Path file, String content, boolean replace) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            return writeRegular(ConfigurationFileWriter.followed(file), bytes, replace);
        } catch (FileAlreadyExistsException e) {
            throw new StorageAccessException(
                    "There is a rules file already, and it is kept: " + file
                            + "; add the rule to it, or replace it with --force");
        } catch (IOException e) {
            throw new StorageAccessException("Cannot write the rules file " + file + ": " + FailureReason.of(e),
                    e);
        }
    }

    private static Optional<Path> writeRegular(Path file, byte[] bytes, boolean replace) throws IOException {
        if (!replace || !Files.exists(file)) {
            ConfigurationFileWriter.create(file, bytes, MODE);
            return Optional.empty();
        }
        Path backup = backup(file);
        ConfigurationFileWriter.create(backup, Files.readAllBytes(file), MODE);
        ConfigurationFileWriter.replace(file, bytes, MODE);
        return Optional.of(backup);
    }

    private static Path backup(Path file) {
        Path backup = file.resolveSibling(file.getFileName() + ".bak");
        for (int i = 2; Files.exists(backup, LinkOption.NOFOLLOW_LINKS); i++) {
            backup = file.resolveSibling(file.getFileName() + ".bak" + i);
        }
        return backup;
    }
}
