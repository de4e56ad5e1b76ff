package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;

import org.acme.Acme;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Arguments as the application of the documentation takes them; nothing is run. */
final class CommandLineCheck {

    /** @param arguments without the name of the program; brackets and an ellipsis are those of a synopsis */
    void check(String where, List<String> arguments) {
        String[] plain = arguments.stream().map(argument -> argument.replaceAll("[\\[\\]…]", ""))
                .filter(argument -> !argument.isEmpty()).toArray(String[]::new);
        try {
            new CommandLine(new Acme()).parseArgs(plain);
        } catch (ParameterException e) {
            fail("%s: acme %s: %s", where, String.join(" ", arguments), e.getMessage());
        }
    }

    boolean hasCommand(String group, String name) {
        CommandLine groupCommand = new CommandLine(new Acme()).getSubcommands().get(group);
        return groupCommand != null && groupCommand.getSubcommands().containsKey(name);
    }
}
