package io.quarkiverse.tokenstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.sops.rules.RuleKeys;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import picocli.CommandLine;

class RulesSetupTest {

    private static final RuleKey KEY = new RuleKey("age1a", RuleKeys.age("age1a"), key -> true);

    @TempDir
    Path root;
    private Path home;
    private Path rules;
    private final Map<String, String> variables = new HashMap<>();
    private final StringWriter printed = new StringWriter();

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(root.toRealPath().resolve("home"));
        rules = home.resolve(".sops.yaml");
        variables.put("HOME", home.toString());
    }

    @Test
    void aHomeBehindALinkDoesNotHideItsOwnRules() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), home);
        variables.put("HOME", link.toString());
        for (String shell : List.of(link.toString(), home.toString(), "")) {
            variables.put("PWD", shell);
            for (boolean local : List.of(false, true)) {
                Files.deleteIfExists(rules);
                setUp(home, local, false);
                setUp(home, local, false);
                assertThat(printed.toString()).contains("Rules: made " + link, "Rules: kept " + link)
                        .doesNotContain("is found before");
                assertThat(rules).content().contains("path_regex: '\\.config/tokens/.*\\.sops\\.json$'");
                printed.getBuffer().setLength(0);
            }
        }
        variables.put("SOPS_CONFIG", rules.toString());
        setUp(home, true, false);
    }

    @Test
    void otherRulesInTheWorkingDirectoryAreNamed() throws IOException {
        Path work = Files.createDirectory(root.resolve("work"));
        Files.copy(Files.writeString(rules, "creation_rules: [{age: age1a}]"), work.resolve(".sops.yaml"));
        setUp(work, false, false);
        assertThat(printed.toString())
                .contains("In this directory " + work.resolve(".sops.yaml") + " is found before " + rules);
    }

    @Test
    void aLinkedFileStaysALink() throws IOException {
        Path dotfiles = Files.createDirectory(root.resolve("dotfiles"));
        Path elsewhere = Files.writeString(dotfiles.resolve("rules.yaml"), "creation_rules: []");
        Files.createSymbolicLink(rules, elsewhere);
        setUp(home, false, true);
        assertThat(rules).isSymbolicLink();
        assertThat(elsewhere).content().contains("age1a");
        assertThat(dotfiles.resolve("rules.yaml.bak")).hasContent("creation_rules: []");
    }

    @Test
    void aLinkToNothingIsNamed() throws IOException {
        Files.createSymbolicLink(rules, root.resolve("nothing"));
        for (boolean force : List.of(true, false)) {
            assertThatThrownBy(() -> setUp(home, false, force)).isInstanceOf(StorageAccessException.class)
                    .hasMessage("Cannot write the rules file " + rules
                            + ": it is a link to nothing: remove it, or make what it leads to");
        }
        assertThat(rules).isSymbolicLink();
    }

    private void setUp(Path work, boolean local, boolean force) {
        PrintWriter out = new PrintWriter(printed, true);
        CommandLine commandLine = new CommandLine(new SecretsInitCommand()).setOut(out).setErr(out);
        HostEnvironment environment = new HostEnvironment(variables, work, "?", OperatingSystem.LINUX);
        RulesSetup setup = new RulesSetup(StorageOptions.defaults().withEnvironment(environment),
                environment.home().resolve(".config/tokens"), local);
        setup.requireEffective();
        setup.run(new Terminal(commandLine), KEY, force);
    }
}
