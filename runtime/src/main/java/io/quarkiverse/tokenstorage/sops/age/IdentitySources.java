package io.quarkiverse.tokenstorage.sops.age;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.age.IdentitySource.Form;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * Where identities are looked for: all places of sops ({@code age/keysource.go}, {@code loadIdentities}), merged, SSH keys
 * first, plus the file that the application configured.
 *
 * @param sources what can be read without asking anybody
 * @param sshCommand the program of {@code SOPS_AGE_SSH_PRIVATE_KEY_CMD}
 * @param command the program of {@code SOPS_AGE_KEY_CMD}
 * @param unusable places that cannot be told
 */
record IdentitySources(List<IdentitySource> sources, Optional<IdentityCommand> sshCommand, Optional<IdentityCommand> command,
        List<IdentitySourceStatus> unusable) {

    /** The file that the application configured. */
    static final String CONFIGURED_FILE = "the configured key file";
    static final String SSH_FILE_VARIABLE = "SOPS_AGE_SSH_PRIVATE_KEY_FILE";
    /** Below the home directory. */
    static final List<String> SSH_FILES = List.of(".ssh/id_ed25519", ".ssh/id_rsa");

    static IdentitySources of(HostEnvironment environment, Optional<Path> configuredFile) {
        List<IdentitySource> sources = new ArrayList<>();
        List<IdentitySourceStatus> unusable = new ArrayList<>();
        addFile(SSH_FILE_VARIABLE, Form.SSH_KEY, environment, sources, unusable);
        addSshFiles(environment, sources);
        configuredFile.ifPresent(file -> sources.add(IdentitySource.ofFile(CONFIGURED_FILE, Form.LINES,
                environment.workingDirectory().resolve(file).normalize(), true)));
        environment.variable(IdentityVariables.AGE_KEY)
                .ifPresent(text -> sources.add(IdentitySource.ofText(IdentityVariables.AGE_KEY, text)));
        addFile(IdentityVariables.AGE_KEY_FILE, Form.LINES, environment, sources, unusable);
        Optional<IdentityCommand> sshCommand = command(IdentityCommand.SSH_VARIABLE, Form.SSH_KEY, environment);
        Optional<IdentityCommand> command = command(IdentityCommand.VARIABLE, Form.LINES, environment);
        try {
            Path file = AgeIdentityFile.defaultFile(environment);
            sources.add(IdentitySource.ofFile(file.toString(), Form.LINES, file, false));
        } catch (StorageNotConfiguredException e) {
            // As with sops, of no matter to those who have told where theirs are
            if (sources.isEmpty() && sshCommand.isEmpty() && command.isEmpty()) {
                unusable.add(unusable("the default key file", e.getMessage()));
            }
        }
        return new IdentitySources(List.copyOf(sources), sshCommand, command, List.copyOf(unusable));
    }

    /** The files that identities may come from, there or not; variables say which, so that they stay the same. */
    static List<Path> files(HostEnvironment environment, Optional<Path> configuredFile) {
        Set<Path> files = new LinkedHashSet<>(sshFiles(environment));
        of(environment, configuredFile).sources().forEach(source -> source.file().ifPresent(files::add));
        return List.copyOf(files);
    }

    private static Optional<IdentityCommand> command(String variable, Form form, HostEnvironment environment) {
        return environment.variable(variable).map(line -> new IdentityCommand(IdentitySource.ofOutput(variable, form), line,
                environment, IdentityCommand.TIMEOUT));
    }

    private static void addFile(String variable, Form form, HostEnvironment environment, List<IdentitySource> sources,
            List<IdentitySourceStatus> unusable) {
        Optional<String> path = environment.variable(variable);
        if (path.isEmpty()) {
            return;
        }
        if (path.get().isEmpty()) {
            unusable.add(unusable(variable, "is set but empty: name a file, or unset it"));
            return;
        }
        if (PrintableText.holdsIdentity(path.get())) {
            unusable.add(unusable(variable,
                    "is an identity itself: name the file it is in, or put it into " + IdentityVariables.AGE_KEY));
            return;
        }
        try {
            sources.add(IdentitySource.ofFile(variable, form, environment.resolve(path.get()), true));
        } catch (StorageNotConfiguredException e) {
            unusable.add(unusable(variable, e.getMessage()));
        }
    }

    /** Those of them that are there: to have none is no lack. */
    private static void addSshFiles(HostEnvironment environment, List<IdentitySource> sources) {
        sshFiles(environment).stream().filter(Files::exists)
                .forEach(file -> sources.add(IdentitySource.ofFile(file.toString(), Form.SSH_KEY, file, false)));
    }

    private static List<Path> sshFiles(HostEnvironment environment) {
        try {
            return SSH_FILES.stream().map(environment.home()::resolve).toList();
        } catch (StorageNotConfiguredException e) {
            // Told with the default key file
            return List.of();
        }
    }

    private static IdentitySourceStatus unusable(String name, String problem) {
        return new IdentitySourceStatus(name, name.equals(SSH_FILE_VARIABLE), Optional.empty(),
                IdentitySourceStatus.State.FAULTY, Set.of(),
                List.of(name + ": " + problem), false);
    }
}
