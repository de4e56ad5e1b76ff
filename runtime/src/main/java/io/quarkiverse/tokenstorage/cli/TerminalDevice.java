package io.quarkiverse.tokenstorage.cli;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.process.BoundedProcess;
import io.quarkiverse.tokenstorage.sops.process.ProcessFailureException;
import io.quarkiverse.tokenstorage.sops.process.ProcessResult;
import io.quarkiverse.tokenstorage.sops.process.ProgramSearch;

/** The terminal of this process, where {@link System#console()} has none because input or output is redirected. */
final class TerminalDevice {

    private static final String DEVICE = "/dev/tty";
    private static final int LONGEST_LINE = 1024;
    private static final int LARGEST_OUTPUT = 1 << 12;
    private static final Duration STTY_TIMEOUT = Duration.ofSeconds(5);

    private final HostEnvironment environment;

    TerminalDevice(HostEnvironment environment) {
        this.environment = environment;
    }

    boolean isThere() {
        try (InputStream in = new FileInputStream(DEVICE)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @return empty if there is no terminal, it cannot be kept from showing what is typed, or its person ends the input */
    Optional<char[]> readPassword(String prompt) {
        if (environment.operatingSystem() == OperatingSystem.WINDOWS) {
            return Optional.empty();
        }
        try (InputStream in = new FileInputStream(DEVICE); OutputStream out = new FileOutputStream(DEVICE)) {
            if (!echo(false)) {
                return Optional.empty();
            }
            // A terminal that stays mute after Ctrl-C is a nuisance
            Thread restoring = new Thread(() -> echo(true), "token-storage-terminal");
            Runtime.getRuntime().addShutdownHook(restoring);
            try {
                out.write(prompt.getBytes(StandardCharsets.UTF_8));
                Optional<char[]> line = readLine(in);
                out.write('\n');
                return line;
            } finally {
                echo(true);
                removeHook(restoring);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean echo(boolean on) {
        Optional<Path> stty = ProgramSearch.find("stty", environment);
        if (stty.isEmpty()) {
            return false;
        }
        List<String> command = List.of(stty.get().toString(),
                environment.operatingSystem() == OperatingSystem.MACOS ? "-f" : "-F", DEVICE, on ? "echo" : "-echo");
        try (ProcessResult result = new BoundedProcess(command, environment.variables(), Path.of("/"), LARGEST_OUTPUT,
                STTY_TIMEOUT).run(new byte[0])) {
            return result.exitCode() == 0;
        } catch (ProcessFailureException e) {
            return false;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running
        }
    }

    private static Optional<char[]> readLine(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        try {
            int length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n' && length < LONGEST_LINE) {
                line[length++] = (byte) next;
                next = in.read();
            }
            if (next < 0 && length == 0) {
                return Optional.empty();
            }
            CharBuffer decoded = Charset.defaultCharset().decode(ByteBuffer.wrap(line, 0, length));
            char[] text = Arrays.copyOf(decoded.array(), decoded.limit());
            Arrays.fill(decoded.array(), '\0');
            return Optional.of(text);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}
