package io.quarkiverse.tokenstorage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What this process was given by the system it runs on. Everything that depends on variables, working directory, home or
 * operating system takes one of these, so that nothing of the build machine gets into a native image and tests can choose.
 *
 * @param variables the environment variables
 * @param workingDirectory absolute
 * @param userHome the JVM's {@code user.home}; may be nonsense such as {@code ?}
 * @param operatingSystem decides where programs keep their configuration
 */
public record HostEnvironment(Map<String, String> variables, Path workingDirectory, String userHome,
        OperatingSystem operatingSystem) {

    /** What Java makes of a byte that is no character in the encoding of file names: it leads to another directory. */
    private static final char NOT_DECODED = '\ufffd';

    /** The families that differ in where configuration and permissions are. */
    public enum OperatingSystem {
        LINUX,
        MACOS,
        WINDOWS
    }

    public HostEnvironment {
        variables = Map.copyOf(variables);
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        Objects.requireNonNull(operatingSystem, "operatingSystem");
    }

    /** The surroundings of this process at this moment; never keep one in a static field. */
    public static HostEnvironment current() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        OperatingSystem system = name.startsWith("windows") ? OperatingSystem.WINDOWS
                : name.startsWith("mac") ? OperatingSystem.MACOS : OperatingSystem.LINUX;
        return new HostEnvironment(System.getenv(), Path.of("").toAbsolutePath(), System.getProperty("user.home"), system);
    }

    /** A variable as it is set: an empty text is a value too. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A variable that is set and not empty. */
    public Optional<String> nonEmptyVariable(String name) {
        return variable(name).filter(value -> !value.isEmpty());
    }

    /**
     * The home directory: {@code $HOME} if it is an absolute path, as shells and sops see it, else the JVM's
     * {@code user.home}.
     *
     * @throws StorageNotConfiguredException if neither is usable, as in a container whose user has no passwd entry, or
     *         {@code $HOME} is a name that Java cannot decode
     */
    public Path home() {
        String named = variables.get("HOME");
        if (named != null && named.indexOf(NOT_DECODED) >= 0) {
            throw new StorageNotConfiguredException("HOME is '" + named + "', with bytes that are no characters in the encoding"
                    + " of file names, so Java would use another directory: run with a UTF-8 locale (LC_ALL=C.UTF-8), or set"
                    + " HOME to a directory with a plain name");
        }
        return usableHome(variables.get("HOME")).or(() -> usableHome(userHome))
                .orElseThrow(() -> new StorageNotConfiguredException("There is no usable home directory: HOME is "
                        + quoted(variables.get("HOME")) + " and user.home is " + quoted(userHome)
                        + ". Set HOME to an absolute directory, or configure the directories"));
    }

    private static Optional<Path> usableHome(String text) {
        if (text == null || text.isEmpty() || text.equals("?")) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(text).normalize();
            return path.isAbsolute() && path.getNameCount() > 0 ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String quoted(String text) {
        return text == null ? "not set" : "'" + text + "'";
    }

    /**
     * The working directory as the shell that the user types in names it: {@code $PWD} if that leads there, be it through
     * links, else {@link #workingDirectory()}. sops takes paths from here too ({@code os.Getwd} of Go).
     */
    public Path logicalWorkingDirectory() {
        String named = variables.get("PWD");
        if (named == null || named.equals(workingDirectory.toString())) {
            return workingDirectory;
        }
        try {
            Path path = Path.of(named);
            return path.isAbsolute() && Files.isSameFile(path, workingDirectory) ? path.normalize() : workingDirectory;
        } catch (InvalidPathException | IOException e) {
            return workingDirectory;
        }
    }

    /**
     * The path that a person wrote in a setting: a leading {@code ~} is the home directory, a relative path starts at the
     * working directory.
     *
     * @throws StorageNotConfiguredException if it is no path on this system, or needs a home directory and there is none
     */
    public Path resolve(String text) {
        try {
            if (text.equals("~")) {
                return home();
            }
            if (text.startsWith("~/") || text.startsWith("~\\")) {
                return home().resolve(text.substring(2)).normalize();
            }
            return workingDirectory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new StorageNotConfiguredException("'" + text + "' is not a path on this system");
        }
    }

    /** The same for a path that was made already: one whose first name is {@code ~} starts at the home directory. */
    public Path resolve(Path path) {
        return !path.isAbsolute() && path.getName(0).toString().equals("~")
                ? path.getNameCount() == 1 ? home() : home().resolve(path.subpath(1, path.getNameCount())).normalize()
                : workingDirectory.resolve(path).normalize();
    }

    /** Leaves out the variables: some of them hold secrets. */
    @Override
    public String toString() {
        return "HostEnvironment[workingDirectory=" + workingDirectory + ", userHome=" + userHome + ", operatingSystem="
                + operatingSystem + "]";
    }
}
