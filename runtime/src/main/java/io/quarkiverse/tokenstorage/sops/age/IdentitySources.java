package io.quarkiverse.tokenstorage.sops.age;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Where identities are looked for: all places of sops that hold X25519 identities ({@code age/keysource.go},
 * {@code loadIdentities}), merged, plus the file that the application configured.
 *
 * @param sources what can be read without asking anybody
 * @param command the program of {@code SOPS_AGE_KEY_CMD}
 * @param unusable places that cannot be told or are not built in yet
 */
record IdentitySources(List<IdentitySource> sources, Optional<IdentityCommand> command,
        List<IdentitySourceStatus> unusable) {

    static final String KEY_VARIABLE = "SOPS_AGE_KEY";
    static final String KEY_FILE_VARIABLE = "SOPS_AGE_KEY_FILE";

    private static final List<String> SSH_VARIABLES = List.of("SOPS_AGE_SSH_PRIVATE_KEY_FILE", "SOPS_AGE_SSH_PRIVATE_KEY_CMD");

    static IdentitySources of(HostEnvironment environment, Optional<Path> configuredFile) {
        List<IdentitySource> sources = new ArrayList<>();
        List<IdentitySourceStatus> unusable = new ArrayList<>();
        configuredFile.ifPresent(file -> sources.add(IdentitySource.ofFile("the configured key file",
                environment.workingDirectory().resolve(file).normalize(), true)));
        environment.variable(KEY_VARIABLE).ifPresent(text -> sources.add(IdentitySource.ofText(KEY_VARIABLE, text)));
        environment.variable(KEY_FILE_VARIABLE).ifPresent(path -> {
            if (path.isEmpty()) {
                unusable.add(unusable(KEY_FILE_VARIABLE, "is set but empty: name a file, or unset it"));
            } else {
                addFile(sources, unusable, environment, path);
            }
        });
        try {
            Path file = AgeIdentityFile.defaultFile(environment);
            sources.add(IdentitySource.ofFile(file.toString(), file, false));
        } catch (StorageNotConfiguredException e) {
            unusable.add(unusable("the default key file", e.getMessage()));
        }
        for (String variable : SSH_VARIABLES) {
            if (environment.variable(variable).isPresent()) {
                unusable.add(unusable(variable, "SSH identities are not built in yet"));
            }
        }
        Optional<IdentityCommand> command = environment.variable(IdentityCommand.VARIABLE)
                .map(line -> new IdentityCommand(line, environment, IdentityCommand.TIMEOUT));
        return new IdentitySources(List.copyOf(sources), command, List.copyOf(unusable));
    }

    private static void addFile(List<IdentitySource> sources, List<IdentitySourceStatus> unusable,
            HostEnvironment environment, String path) {
        try {
            sources.add(IdentitySource.ofFile(KEY_FILE_VARIABLE, environment.resolve(path), true));
        } catch (StorageNotConfiguredException e) {
            unusable.add(unusable(KEY_FILE_VARIABLE, e.getMessage()));
        }
    }

    private static IdentitySourceStatus unusable(String name, String problem) {
        return new IdentitySourceStatus(name, Optional.empty(), IdentitySourceStatus.State.FAULTY, Set.of(),
                List.of(name + ": " + problem), false);
    }
}
