package io.quarkiverse.tokenstorage.sops.executable;

import static io.quarkiverse.tokenstorage.FileModes.chmod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A shell script in the place of sops, which writes down how it is called, and does what a test says. */
final class FakeSops {

    private final Path directory;
    private final Path program;

    FakeSops(Path directory) throws IOException {
        this.directory = directory.toRealPath();
        this.program = this.directory.resolve("sops");
        version("sops 3.13.2");
    }

    Path program() {
        return program;
    }

    /** What {@code --version} prints; nothing else is understood. */
    FakeSops version(String text) {
        return does("echo not expected >&2; exit 99", text);
    }

    /** What it does when it is to encrypt or decrypt, in the language of the shell. */
    FakeSops does(String script) {
        return does(script, "sops 3.13.2");
    }

    private FakeSops does(String script, String version) {
        write(program, """
                #!/bin/sh
                cd %s
                printf '%%s\\n' "$*" >>calls
                env | sort >"variables-$(wc -l <calls | tr -d ' ')"
                case "$1" in --version) echo '%s'; exit 0;; esac
                %s
                """.formatted(directory, version, script));
        try {
            chmod(program, "rwx------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    FakeSops file(String name, byte[] content) {
        try {
            Files.write(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The arguments of each call so far, joined by blanks. */
    List<String> calls() {
        return lines("calls");
    }

    /** The environment of a call. */
    List<String> variables(int call) {
        return lines("variables-" + call);
    }

    private List<String> lines(String name) {
        try {
            Path file = directory.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            // A new file each time: one that runs cannot be written to
            Files.deleteIfExists(file);
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
