package io.quarkiverse.tokenstorage.sops.process;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

class ProgramSearchTest {

    @TempDir
    Path directory;
    Path work;
    Path bin;

    @BeforeEach
    void directories() throws IOException {
        work = Files.createDirectory(directory.resolve("work"));
        bin = Files.createDirectory(directory.resolve("bin"));
    }

    @Test
    void findsTheFirstExecutableFileOfThePath() throws IOException {
        Files.writeString(work.resolve("plain"), "");
        Path first = Files.createDirectory(directory.resolve("first"));
        Files.createDirectory(first.resolve("tool"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.writeString(second.resolve("tool"), "");
        Path tool = program(bin.resolve("tool"));
        assertThat(ProgramSearch.find("tool", path("\0:" + first + ":" + second + ":" + bin))).contains(tool);
        assertThat(ProgramSearch.find("tool", path("" + second))).isEmpty();
    }

    @Test
    void neverLooksIntoTheWorkingDirectoryForAName() throws IOException {
        program(work.resolve("tool"));
        assertThat(ProgramSearch.find("tool", path(""))).isEmpty();
        assertThat(ProgramSearch.find("tool", path(":.:..:./:../work:"))).isEmpty();
        assertThat(ProgramSearch.find("tool", environment(Map.of(), OperatingSystem.LINUX))).isEmpty();
        program(work.resolve("tool.exe"));
        assertThat(ProgramSearch.find("tool", environment(Map.of("Path", "."), OperatingSystem.WINDOWS))).isEmpty();
    }

    @Test
    void takesAPathAsItIs() throws IOException {
        Path tool = program(work.resolve("tool"));
        Path other = program(bin.resolve("tool"));
        assertThat(ProgramSearch.find("./tool", path("" + bin))).contains(tool);
        assertThat(ProgramSearch.find("../bin/tool", path(""))).contains(other);
        assertThat(ProgramSearch.find(other.toString(), path(""))).contains(other);
        assertThat(ProgramSearch.find("./none", path("" + bin))).isEmpty();
        assertThat(ProgramSearch.find("", path("" + bin))).isEmpty();
        assertThat(ProgramSearch.find("a\0b", path("" + bin))).isEmpty();
    }

    @Test
    void addsTheSuffixOfProgramsOnWindowsOnly() throws IOException {
        Path tool = program(bin.resolve("tool.exe"));
        assertThat(ProgramSearch.find("tool", environment(Map.of("Path", "" + bin), OperatingSystem.WINDOWS))).contains(tool);
        assertThat(ProgramSearch.find("tool.exe", environment(Map.of("PATH", "" + bin), OperatingSystem.WINDOWS)))
                .contains(tool);
        assertThat(ProgramSearch.find("tool", path("" + bin))).isEmpty();
        program(bin.resolve("script.cmd"));
        assertThat(ProgramSearch.find("script", environment(Map.of("Path", "" + bin), OperatingSystem.WINDOWS))).isEmpty();
        assertThat(ProgramSearch.find("script.cmd", environment(Map.of("Path", "" + bin), OperatingSystem.WINDOWS))).isEmpty();
    }

    private static Path program(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\n");
        chmod(file, "rwx------");
        return file;
    }

    private HostEnvironment path(String path) {
        return environment(Map.of("PATH", path), OperatingSystem.LINUX);
    }

    private HostEnvironment environment(Map<String, String> variables, OperatingSystem system) {
        return new HostEnvironment(variables, work, directory.toString(), system);
    }
}
