package io.quarkiverse.tokenstorage.interop.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.ShellScript;

/** A release of the real sops. Documents are given to it as files: before 3.10.0 it did not read its standard input. */
public final class SopsPeer implements Peer {

    private static final String NAME = "document.json";
    private static final int MAC_MISMATCH = 51;

    private final Sandbox box;
    private final SopsRelease release;

    public SopsPeer(Sandbox box, SopsRelease release) {
        this.box = box;
        this.release = release;
    }

    @Override
    public byte[] encrypt(byte[] plain) {
        Sandbox.write(file(), plain);
        return box.sops("encrypt", NAME).output();
    }

    @Override
    public Optional<byte[]> decrypt(byte[] document) {
        Sandbox.write(file(), document);
        ProgramRun run = box.sops("decrypt", NAME);
        return run.exit() == MAC_MISMATCH && run.stderr().contains("MAC mismatch") ? Optional.empty()
                : Optional.of(release.withFinalNewline(run.output()));
    }

    /** What it prints of a document; empty if it refuses it for whatever reason. */
    public Optional<byte[]> attempt(byte[] document) {
        Sandbox.write(file(), document);
        ProgramRun run = box.sops("decrypt", NAME);
        return run.succeeded() ? Optional.of(release.withFinalNewline(run.output())) : Optional.empty();
    }

    /** What a command that changes files makes of this document. */
    public byte[] changeKeys(byte[] document, String command, String option) {
        return changed(document, command, option, NAME);
    }

    /** What {@code set} and {@code unset} make of it. */
    public byte[] changeValue(byte[] document, String command, String path, String... value) {
        List<String> arguments = new ArrayList<>(List.of(command, NAME, path));
        arguments.addAll(List.of(value));
        return changed(document, arguments.toArray(String[]::new));
    }

    /** What an editor leaves of it that runs a script of {@code sed} over the plain document. */
    public byte[] edit(byte[] document, String script) {
        Path editor = ShellScript.write(box.home().resolve("editor"), "sed -i '" + script + "' \"$1\"\n");
        box.set("EDITOR", editor.toString());
        return changed(document, "edit", NAME);
    }

    private byte[] changed(byte[] document, String... arguments) {
        Sandbox.write(file(), document);
        box.sops(arguments).output();
        try {
            return Files.readAllBytes(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return box.work().resolve(NAME);
    }
}
