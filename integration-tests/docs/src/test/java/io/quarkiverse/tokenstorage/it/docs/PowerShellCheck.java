package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** There is no PowerShell to ask everywhere: known commands, and quotes and brackets that are closed. */
final class PowerShellCheck implements Consumer<Snippet> {

    private static final Set<String> COMMANDS = Set.of("New-Item", "Select-String", "Get-Content", "Set-Content", "Remove-Item",
            "icacls", "age-keygen", "acme", "[Environment]::SetEnvironmentVariable");

    private final CommandLineCheck ours = new CommandLineCheck();

    @Override
    public void accept(Snippet snippet) {
        for (String line : snippet.lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String command = line.split("[\\s(]", 2)[0];
            if (!command.startsWith("$env:")) {
                assertThat(COMMANDS).as("%s: known commands", snippet).contains(command);
            }
            if (command.equals("acme")) {
                ours.check(snippet.toString(), List.of(line.substring("acme ".length()).split(" ")));
            }
            assertThat(count(line, '"') % 2).as("%s: quotes are closed", snippet).isZero();
            assertThat(count(line, '(')).as("%s: brackets are closed", snippet).isEqualTo(count(line, ')'));
        }
    }

    private static long count(String line, char character) {
        return line.chars().filter(c -> c == character).count();
    }
}
