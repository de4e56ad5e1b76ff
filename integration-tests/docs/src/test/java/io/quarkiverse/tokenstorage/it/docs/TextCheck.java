package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Output, trees of files and synopses: nothing to copy, so commands are not to hide here. Those of a synopsis exist. */
final class TextCheck implements Consumer<Snippet> {

    private static final Pattern SYNOPSIS = Pattern.compile("(?:^|\\s{2,})(auth|secrets) ([a-z]+)\\b");

    private final CommandLineCheck ours = new CommandLineCheck();

    @Override
    public void accept(Snippet snippet) {
        for (String line : snippet.lines()) {
            assertThat(line).as("%s: a command; the language is shell", snippet).doesNotStartWith("$ ")
                    .doesNotStartWith("acme ").doesNotStartWith("mvn ");
            Matcher synopsis = SYNOPSIS.matcher(line);
            while (synopsis.find()) {
                assertThat(ours.hasCommand(synopsis.group(1), synopsis.group(2))).as("%s: %s exists", snippet, synopsis.group())
                        .isTrue();
            }
        }
    }
}
