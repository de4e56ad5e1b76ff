package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Which commands there are, and which of them are set up for the arguments that a process was started with. */
class GroupSubcommandsTest {

    private static final List<String> AUTH = List.of("import", "status", "token", "logout", "providers");
    private static final List<String> SECRETS = List.of("init", "doctor", "encrypt", "decrypt", "rotate", "updatekeys");

    @Command(name = "host", subcommands = { AuthCommand.class, SecretsCommand.class })
    static final class Host {
    }

    @Test
    void withoutInjectionAllAreThereInOrder() {
        assertAll(new CommandLine(new Host()));
    }

    @Test
    void whatTheProcessWasStartedWithIsAllThereIs() {
        for (String command : AUTH) {
            CommandLine host = startedWith("auth", command, "secrets", "init");
            assertThat(subcommands(host, "auth")).containsExactly(command);
            assertThat(subcommands(host, "secrets")).isEmpty();
            assertThat(host.getSubcommands().get("auth").getSubcommands().get(command).getCommandName()).isEqualTo(command);
        }
        for (String command : SECRETS) {
            CommandLine host = startedWith("secrets", command);
            assertThat(subcommands(host, "secrets")).containsExactly(command);
            assertThat(subcommands(host, "auth")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "auth", "auth --help", "auth nonsense", "auth stat", "auth --verbose status", "--help",
            "generate-completion", "nested auth status", "@arguments auth status", "vault init", "auth doctor", "status auth" })
    void inAnyDoubtAllAreThere(String arguments) {
        assertAll(startedWith(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
    }

    @Test
    void aGroupMayBeMountedUnderAnotherName() {
        assertThat(renamed().getSubcommands().get("vault").getSubcommands().keySet()).containsExactlyElementsOf(SECRETS);
        assertThat(renamed("auth", "status").getSubcommands().get("vault").getSubcommands()).isEmpty();
    }

    private static void assertAll(CommandLine host) {
        assertThat(subcommands(host, "auth")).containsExactlyElementsOf(AUTH);
        assertThat(subcommands(host, "secrets")).containsExactlyElementsOf(SECRETS);
    }

    private static Set<String> subcommands(CommandLine host, String group) {
        return host.getSubcommands().get(group).getSubcommands().keySet();
    }

    private static CommandLine startedWith(String... arguments) {
        return new CommandLine(new Host(), beans(arguments));
    }

    private static CommandLine renamed(String... arguments) {
        CommandLine.IFactory beans = beans(arguments);
        return new CommandLine(new Empty(), beans).addSubcommand("vault", new CommandLine(new SecretsCommand(), beans));
    }

    @Command(name = "empty")
    static final class Empty {
    }

    private static CommandLine.IFactory beans(String... arguments) {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                K created = CommandLine.defaultFactory().create(type);
                if (created instanceof GroupSubcommands groups) {
                    groups.arguments = new StartArguments(List.of(arguments));
                }
                return created;
            }
        };
    }
}
