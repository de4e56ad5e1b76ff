package io.quarkiverse.tokenstorage.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** The commands as beans of the application: wired, documented, and with the exit codes that scripts rely on. */
@QuarkusMainTest
class CommandsTest {

    @Test
    @Launch({ "--help" })
    void theHelpListsTheMountedGroups(LaunchResult result) {
        assertThat(result.getOutput()).contains("auth", "secrets");
    }

    @Test
    void everyCommandHasHelp(QuarkusMainLauncher launcher) {
        for (String command : new String[] { "auth import", "auth status", "auth token", "auth logout", "auth providers",
                "secrets init", "secrets doctor", "secrets encrypt", "secrets decrypt", "secrets rotate",
                "secrets updatekeys" }) {
            LaunchResult result = launcher.launch((command + " --help").split(" "));
            assertThat(result.exitCode()).as(command).isZero();
            assertThat(result.getOutput()).contains("Usage: token-storage " + command, "--verbose");
        }
    }

    @Test
    @Launch(value = { "auth", "status", "nobody" }, exitCode = 2)
    void statusOfNobodyIsNotLoggedIn(LaunchResult result) {
        assertThat(result.getOutput()).contains("nobody: not logged in");
    }

    @Test
    @Launch(value = { "auth", "token", "nobody" }, exitCode = 2)
    void talkIsNotPartOfTheResult(LaunchResult result) {
        assertThat(results(result)).isEmpty();
        assertThat(result.getErrorOutput()).contains("Not logged in to nobody");
    }

    @Test
    @Launch(value = { "auth", "nonsense" }, exitCode = 1)
    void wrongUsageIsExitCode1(LaunchResult result) {
        assertThat(results(result)).isEmpty();
        assertThat(result.getErrorOutput()).contains("nonsense", "token-storage auth --help");
    }

    @Test
    @Launch({ "secrets", "doctor" })
    void theDoctorIsContentWithWhatTestsGet(LaunchResult result) {
        assertThat(result.getOutput()).contains("Can encrypt/decrypt test value");
    }

    /**
     * Without the warning about the build's own property, which the JVM of the tests inherits from {@code -Dquarkus.version=…}.
     */
    private static String results(LaunchResult result) {
        return result.getOutputStream().stream()
                .filter(line -> !line.contains("Unrecognized configuration key \"quarkus.version\""))
                .collect(Collectors.joining("\n"));
    }
}
