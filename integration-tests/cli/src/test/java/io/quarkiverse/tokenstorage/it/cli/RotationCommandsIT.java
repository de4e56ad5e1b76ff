package io.quarkiverse.tokenstorage.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code secrets rotate} and {@code secrets updatekeys}, each run a process of its own. */
class RotationCommandsIT {

    private static final String ACCESS = "planted-access-token";
    private static final String RESPONSE = """
            {"access_token": "%s", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "planted-refresh-token"}
            """.formatted(ACCESS);
    /** Of nobody who runs these tests. */
    private static final String OTHER = "age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r";

    private static Program common;

    @TempDir
    Path home;

    private Program program;

    @BeforeAll
    static void threeTokens(@TempDir Path commonHome) {
        common = new Program(commonHome);
        common.run("secrets", "init").succeeded();
        for (String provider : new String[] { "corporate", "github", "gitlab" }) {
            common.runWithInput(RESPONSE.getBytes(UTF_8), "auth", "import", provider).succeeded();
        }
    }

    @BeforeEach
    void ownCopy() {
        program = common.inCopy(home);
    }

    private void addRecipient() throws IOException {
        Path rules = home.resolve(".sops.yaml");
        Files.writeString(rules, Files.readString(rules).replaceFirst("age: ", "age: " + OTHER + ","));
    }

    private String content(String provider) throws IOException {
        return Files.readString(program.tokenFile(provider));
    }

    private void damage(String provider) throws IOException {
        String content = content(provider);
        Files.delete(program.tokenFile(provider));
        Files.writeString(program.tokenFile(provider), content.replaceFirst("data:..", "data:AA"));
    }

    private void allReadable(String... providers) {
        for (String provider : providers) {
            assertThat(program.run("auth", "token", provider).succeeded().out()).isEqualTo(ACCESS + "\n");
        }
    }

    @Test
    void rotateAllGivesEveryTokenANewKey() throws IOException {
        String before = content("github");
        addRecipient();

        Program.Run run = program.run("secrets", "rotate", "--all").succeeded();

        assertThat(run.out()).isEqualTo("3 tokens: 3 rotated\n");
        assertThat(run.stderr().lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                .contains(": rotated, " + home.resolve(".sops.yaml") + ", rule 1: added " + OTHER));
        assertThat(run.stderr()).contains("[1/3] corporate", "[2/3] github", "[3/3] gitlab").doesNotContain("planted");
        assertThat(content("github")).contains(OTHER).isNotEqualTo(before);
        allReadable("corporate", "github", "gitlab");
    }

    @Test
    void updatekeysGoesOnWhereItStopped() throws IOException {
        String before = content("corporate");
        addRecipient();
        assertThat(program.run("secrets", "updatekeys", "github").succeeded().out()).isEqualTo("1 token: 1 updated\n");

        Program.Run run = program.run("secrets", "updatekeys", "--all").succeeded();

        assertThat(run.out()).isEqualTo("3 tokens: 2 updated, 1 up to date\n");
        assertThat(run.stderr()).contains("[2/3] github: up to date");
        assertThat(content("corporate")).contains(OTHER).contains(line(before, "\"mac\""), line(before, "\"access_token\""),
                line(before, "\"lastmodified\""));
        assertThat(program.run("secrets", "updatekeys", "--all", "-q").succeeded()).satisfies(quiet -> {
            assertThat(quiet.out()).isEmpty();
            assertThat(quiet.stderr()).isEmpty();
        });
        allReadable("corporate", "github", "gitlab");
    }

    private static String line(String content, String name) {
        return content.lines().filter(line -> line.contains(name)).findFirst().orElseThrow();
    }

    @Test
    void rotateGoesOnWhereItStopped() {
        assertThat(program.run("secrets", "rotate", "--all", "--older-than", "1h").succeeded().out())
                .isEqualTo("3 tokens: 3 not older than 1h\n");
        assertThat(program.run("secrets", "rotate", "github", "--older-than", "0s").succeeded().out())
                .isEqualTo("1 token: 1 rotated\n");
        program.run("secrets", "rotate", "--older-than", "soon").failed(1, "--older-than", "'soon'");
    }

    @Test
    void afterAKillEveryTokenIsReadableAndTheRestIsDone() throws Exception {
        int count = 150;
        for (int i = 3; i < count; i++) {
            Files.copy(program.tokenFile("github"), program.tokenFile("p" + i));
        }
        addRecipient();
        Process process = program.start("secrets", "updatekeys", "--all");
        try (BufferedReader progress = process.errorReader(UTF_8)) {
            assertThat(progress.lines().limit(10).toList().get(9)).contains("[10/" + count + "]", ": updated, ");
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).as("killed before it was done").isEqualTo(137);

        String providers = program.run("auth", "providers", "--json").succeeded().out();
        assertThat(providers.split("\"status\": \"valid\"", -1)).hasSize(count + 1);
        Matcher summary = Pattern.compile(count + " tokens: (\\d+) updated, (\\d+) up to date\n")
                .matcher(program.run("secrets", "updatekeys", "--all").succeeded().out());
        assertThat(summary.matches()).isTrue();
        assertThat(Integer.parseInt(summary.group(2))).isBetween(10, count - 1);
        assertThat(program.run("secrets", "updatekeys", "--all").succeeded().out())
                .isEqualTo(count + " tokens: " + count + " up to date\n");
    }

    @Test
    void aDryRunShowsWhatWouldChangeAndWritesNothing() throws IOException {
        addRecipient();
        Stream<FileTime> before = times();

        Program.Run update = program.run("secrets", "updatekeys", "--all", "--dry-run").succeeded();
        assertThat(update.out()).contains("[2/3] github: would be updated, ", ".sops.yaml, rule 1: added " + OTHER,
                "3 tokens: 3 would be updated\n");
        assertThat(update.stderr()).isEmpty();
        Program.Run rotate = program.run("secrets", "rotate", "--dry-run", "github").succeeded();
        assertThat(rotate.out()).contains("github: would be rotated, ", "added " + OTHER, "1 token: 1 would be rotated\n");

        assertThat(times()).containsExactlyElementsOf(before.toList());
    }

    private Stream<FileTime> times() throws IOException {
        return Stream.of(FileTime.from(Files.getLastModifiedTime(program.tokenFile("github").getParent()).toInstant()),
                Files.getLastModifiedTime(program.tokenFile("github")), Files.getLastModifiedTime(program.tokenFile("gitlab")));
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromIt() throws IOException {
        damage("github");
        String before = content("github");

        Program.Run run = program.run("secrets", "rotate", "--all").tells(1, "[2/3] github: ", "is damaged",
                "1 of 3 tokens remains as it was", "'token-storage secrets rotate github'");

        assertThat(run.out()).isEqualTo("3 tokens: 2 rotated, 1 failed\n");
        assertThat(content("github")).isEqualTo(before);
        allReadable("corporate", "gitlab");
        program.run("secrets", "rotate", "github").failed(1, program.tokenFile("github") + " is damaged");
    }

    @Test
    void jsonForMachines() throws IOException {
        addRecipient();
        damage("github");

        Program.Run run = program.run("secrets", "updatekeys", "--all", "--json", "--dry-run").tells(1, "github");

        assertThat(run.out()).contains("\"operation\": \"updatekeys\"", "\"dry_run\": true", "\"status\": \"changed\"",
                "\"status\": \"failed\"", "\"added\": [\n            \"" + OTHER + "\"",
                "\"rule\": \"" + home.resolve(".sops.yaml") + ", rule 1\"", "\"remaining\": [\n    \"github\"\n  ]")
                .doesNotContain("planted");
    }

    @Test
    void whoIsMeantHasToBeClear() throws IOException {
        program.run("secrets", "rotate").failed(1, "corporate, github, gitlab", "--all");
        program.run("secrets", "rotate", "--all", "github").failed(1, "not both");
        program.run("secrets", "rotate", "../x").failed(1, "Provider name");
        program.run("secrets", "rotate", "nobody").failed(2, "No encrypted token of nobody", ".config/kstlib/auth/tokens");
        program.run("secrets", "updatekeys", "nobody", "nothing").failed(2, "nobody", "nothing", "2 of 2 tokens remain");
        program.run("secrets", "rotate", "nobody", "github").tells(1, "nobody", "1 of 2 tokens remains");
        assertThat(program.set("auth.default-provider", "github").run("secrets", "rotate").succeeded().stderr())
                .contains("github: rotated");
        Program elsewhere = program.set("auth.storage.sops.directory", home.resolve("empty").toString());
        Program.Run nothing = elsewhere.run("secrets", "rotate", "--all").succeeded();
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.stderr()).contains("No encrypted token is stored in " + home.resolve("empty"));
        assertThat(home.resolve("empty")).doesNotExist();
    }

    @Test
    void rulesThatASaveWouldNotFollowAreRefused() throws IOException {
        Path rules = home.resolve(".sops.yaml");
        String good = Files.readString(rules);
        String before = content("github");

        Files.writeString(rules, good.replaceFirst("age: .*", "age: " + OTHER));
        program.run("secrets", "rotate", "github").failed(3, "no key of this user is among them", OTHER);
        program.run("secrets", "updatekeys", "--all").failed(3, "3 of 3 tokens remain as they were");
        Files.writeString(rules, good + "    encrypted_regex: ^data$\n");
        program.run("secrets", "rotate", "github").failed(3, "would leave access_token in clear");
        program.run("secrets", "updatekeys", "github").failed(3, "would leave access_token in clear");
        Files.delete(rules);
        program.run("secrets", "rotate", "github").failed(3, "no .sops.yaml", "secrets doctor");

        assertThat(content("github")).isEqualTo(before);
    }
}
