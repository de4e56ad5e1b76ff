package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.RegularFile;

/**
 * A place that identities come from without asking anybody: a variable or a file.
 *
 * @param name what people call it: the variable or the setting; the path if neither names it
 * @param file the file, or empty if the identities stand in {@code text}
 * @param text the value of the variable
 * @param required whether it is a mistake if the file is not there
 */
record IdentitySource(String name, Optional<Path> file, Optional<String> text, boolean required) {

    private static final int LARGEST_FILE = 1 << 20;

    static IdentitySource ofFile(String name, Path file, boolean required) {
        return new IdentitySource(name, Optional.of(file), Optional.empty(), required);
    }

    static IdentitySource ofText(String name, String text) {
        return new IdentitySource(name, Optional.empty(), Optional.of(text), true);
    }

    /** The content; the caller zeroes it. */
    byte[] read() throws FileSystemException {
        return file.isPresent() ? RegularFile.read(file.get(), LARGEST_FILE)
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
