package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every snippet of the README and of the documentation works; one that nothing checks is a failure. */
class SnippetsTest {

    private static final ShellCheck SHELL = new ShellCheck();

    private static final Map<String, Consumer<Snippet>> CHECKS = Map.of(
            "java", new JavaCheck(),
            "xml", new PomCheck(),
            "properties", new PropertiesCheck(ConfigurationKeys.read()),
            "yaml", new YamlCheck(ConfigurationKeys.read()),
            "json", new JsonCheck(),
            "sh", SHELL,
            "shell", SHELL,
            "powershell", new PowerShellCheck(),
            "dockerfile", new DockerfileCheck(),
            "text", new TextCheck());

    static Stream<Snippet> snippets() {
        return Stream.concat(Stream.of(Project.README), Project.pages().stream())
                .flatMap(page -> SnippetReader.read(page).stream());
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void works(Snippet snippet) {
        assertThat(CHECKS)
                .as("%s is of a language that no test checks; CONTRIBUTING.md, \"Documentation\", has the list", snippet)
                .containsKey(snippet.language());
        CHECKS.get(snippet.language()).accept(snippet);
    }

    @Test
    void snippetsAreFound() {
        List<String> languages = snippets().map(Snippet::language).distinct().toList();
        assertThat(languages).contains("java", "xml", "properties", "yaml", "json", "shell", "text");
        assertThat(snippets().map(Snippet::file).distinct()).contains(Project.README).hasSizeGreaterThan(5);
    }
}
