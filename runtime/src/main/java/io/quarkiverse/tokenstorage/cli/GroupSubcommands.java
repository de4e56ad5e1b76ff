package io.quarkiverse.tokenstorage.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Gives the groups of this package their subcommands. To set up all of them takes longer than most of them run; so if the first
 * two arguments of the process are a group and one of its subcommands, there is only that one. Help, suggestions and
 * completion are asked for in other words, and see the whole.
 */
public final class GroupSubcommands implements IModelTransformer {

    private static final Map<String, Map<String, Class<?>>> GROUPS = Map.of(
            "auth", inOrder(
                    Map.entry("import", AuthImportCommand.class),
                    Map.entry("status", AuthStatusCommand.class),
                    Map.entry("token", AuthTokenCommand.class),
                    Map.entry("logout", AuthLogoutCommand.class),
                    Map.entry("providers", AuthProvidersCommand.class)),
            "secrets", inOrder(
                    Map.entry("init", SecretsInitCommand.class),
                    Map.entry("doctor", SecretsDoctorCommand.class),
                    Map.entry("encrypt", SecretsEncryptCommand.class),
                    Map.entry("decrypt", SecretsDecryptCommand.class),
                    Map.entry("rotate", SecretsRotateCommand.class),
                    Map.entry("updatekeys", SecretsUpdatekeysCommand.class)));

    /** Null where there is no injection; then all commands are set up. */
    @Inject
    StartArguments arguments;

    /** Called more than once for the same group: for itself, and for each command above it. */
    @Override
    public CommandSpec transform(CommandSpec group) {
        if (group.subcommands().isEmpty()) {
            Optional<Class<?>> needed = started();
            GROUPS.getOrDefault(group.name(), Map.of()).values().stream()
                    .filter(command -> needed.isEmpty() || needed.get() == command)
                    .forEach(group.commandLine()::addSubcommand);
        }
        return group;
    }

    /** The only command that is needed, if that is sure. */
    private Optional<Class<?>> started() {
        if (arguments == null || arguments.values().size() < 2) {
            return Optional.empty();
        }
        Map<String, Class<?>> group = GROUPS.getOrDefault(arguments.values().get(0), Map.of());
        return Optional.ofNullable(group.get(arguments.values().get(1)));
    }

    @SafeVarargs
    private static Map<String, Class<?>> inOrder(Map.Entry<String, Class<?>>... commands) {
        Map<String, Class<?>> ordered = new LinkedHashMap<>();
        for (Map.Entry<String, Class<?>> command : commands) {
            ordered.put(command.getKey(), command.getValue());
        }
        return ordered;
    }
}
