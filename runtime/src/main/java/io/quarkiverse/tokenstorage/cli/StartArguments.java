package io.quarkiverse.tokenstorage.cli;

import java.util.List;

/**
 * What stood on the command line when the process was started. Whoever parses something else later, such as the lines of a
 * shell of its own, need not care.
 *
 * @param values in their order, without the name of the program; never null
 */
public record StartArguments(List<String> values) {

    public StartArguments {
        values = List.copyOf(values);
    }
}
