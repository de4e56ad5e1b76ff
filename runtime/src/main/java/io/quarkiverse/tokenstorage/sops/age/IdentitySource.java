package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.tokenstorage.files.RegularFile;

/**
 * A place that identities come from without asking anybody: a variable or a file.
 *
 * @param name what people call it: the variable or the setting; the path if neither names it
 * @param form how the identities stand there
 * @param file the file, or empty if the identities stand in {@code text}
 * @param text the value of the variable
 * @param required whether it is a mistake if the file is not there
 */
record IdentitySource(String name, Form form, Optional<Path> file, Optional<String> text, boolean required) {

    /** How identities stand in a source. */
    enum Form {
        /** One in a line. */
        LINES,
        /** Several in a line, too. */
        WORDS,
        /** A single SSH private key. */
        SSH_KEY
    }

    /** sops reads one byte less of an identity file under a passphrase. */
    private static final int LARGEST_FILE = (1 << 24) - 1;
    private static final int LARGEST_SSH_KEY = 1 << 16;

    static IdentitySource ofFile(String name, Form form, Path file, boolean required) {
        return new IdentitySource(name, form, Optional.of(file), Optional.empty(), required);
    }

    /** Identities in a variable. */
    static IdentitySource ofText(String name, String text) {
        return new IdentitySource(name, Form.WORDS, Optional.empty(), Optional.of(text), true);
    }

    /** What a program prints. */
    static IdentitySource ofOutput(String name, Form form) {
        return new IdentitySource(name, form, Optional.empty(), Optional.empty(), true);
    }

    boolean isOutput() {
        return file.isEmpty() && text.isEmpty();
    }

    /** The content; the caller zeroes it. */
    byte[] read() throws FileSystemException {
        return file.isPresent() ? RegularFile.read(file.get(), form == Form.SSH_KEY ? LARGEST_SSH_KEY : LARGEST_FILE)
                : text.orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    /** Name and path, for messages. */
    String label() {
        return file.map(Path::toString).filter(path -> !path.equals(name)).map(path -> name + " (" + path + ")").orElse(name);
    }

    @Override
    public String toString() {
        return label();
    }
}
