package io.quarkiverse.tokenstorage.secrecy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.Arrays;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.cli.AuthCommand;
import io.quarkiverse.tokenstorage.cli.SecretsCommand;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One run of the ready-made commands in this process. */
final class CommandLineRun {

    @Command(name = "host", subcommands = { AuthCommand.class, SecretsCommand.class })
    static final class Host {
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static CommandLineRun of(TokenStorage storage, StorageSettings settings, String... arguments) {
        CommandLineRun run = new CommandLineRun();
        CommandLine.IFactory beans = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                K created = CommandLine.defaultFactory().create(type);
                for (Class<?> declaring = type; declaring != Object.class && declaring != null; declaring = declaring
                        .getSuperclass()) {
                    for (Field field : declaring.getDeclaredFields()) {
                        Object value = Arrays.asList(storage, settings).stream()
                                .filter(bean -> field.getType().isInstance(bean)).findFirst().orElse(null);
                        if (value != null) {
                            field.setAccessible(true);
                            field.set(created, value);
                        }
                    }
                }
                return created;
            }
        };
        new CommandLine(new Host(), beans).setOut(new PrintWriter(run.out, true)).setErr(new PrintWriter(run.err, true))
                .execute(arguments);
        return run;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
