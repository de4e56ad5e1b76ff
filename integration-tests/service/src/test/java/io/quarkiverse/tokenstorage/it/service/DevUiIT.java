package io.quarkiverse.tokenstorage.it.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

/**
 * A person with a real browser in the Dev UI of the service, which runs in development mode beside a packaged one that uses
 * the same tokens. {@code -Dtokenstorage.pictures=DIRECTORY} has the pictures of the documentation made.
 */
class DevUiIT {

    /** Everything but the start of the service. */
    private static final int MOST_MINUTES = 4;

    private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();

    @TempDir
    Path home;

    @Test
    void aPersonLooksRevealsImportsAndDeletes() throws Exception {
        if (System.getProperty("tokenstorage.test.browser", "").equals("none")) {
            abort("The browser is left out (tokenstorage.test.browser=none)");
        }
        Path chromium = RealProgram.CHROMIUM.required();
        Path node = RealProgram.NODE.required();
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules/playwright-core"))) {
            throw RealProgram.NODE.skipped("lacks what drives the browser (npm ci --prefix " + SCRIPTS + ")");
        }
        Path keys = home.resolve("keys.txt");
        Path rules = home.resolve(".sops.yaml");
        Path tokens = home.resolve("tokens");
        Files.writeString(rules, "creation_rules:\n  - path_regex: tokens/.*\\.sops\\.json$\n    age: "
                + AgeIdentityFile.create(keys, new JdkX25519(), new SecureRandom(), Clock.systemUTC()) + "\n");
        Map<String, String> variables = new TreeMap<>();
        variables.put("AUTH_STORAGE_SOPS_AGE_KEY_FILE", keys.toString());
        variables.put("AUTH_STORAGE_SOPS_CONFIG_FILE", rules.toString());
        variables.put("AUTH_STORAGE_SOPS_DIRECTORY", tokens.toString());
        try (ServiceProcess service = ServiceProcess.startInDevelopment(home, variables)) {
            if (service.hasEndedSaying("Detected Maven Version")) {
                abort("This version of Quarkus develops with a newer Maven only");
            }
            try (ServiceProcess other = ServiceProcess.start(home, variables)) {
                assertThat(run(node, given(chromium, service, other, tokens))).as(() -> report(service))
                        .contains("done");
                assertThat(service.log()).doesNotContain("planted");
            }
        }
    }

    private static JsonObject given(Path chromium, ServiceProcess service, ServiceProcess other, Path tokens)
            throws IOException {
        Optional<Path> pictures = Optional.ofNullable(System.getProperty("tokenstorage.pictures")).map(Path::of);
        return JsonObject.builder().add("chromium", chromium.toString()).add("service", withoutSlash(service))
                .add("other", withoutSlash(other)).add("tokens", tokens.toString())
                .add("pictures", pictures.<JsonValue> map(directory -> new JsonString(directory.toAbsolutePath().toString()))
                        .orElse(JsonNull.NULL))
                .build();
    }

    private String run(Path node, JsonObject given) throws IOException, InterruptedException {
        Path output = home.resolve("browser.log");
        Process process = new ProcessBuilder(node.toString(), SCRIPTS.resolve("dev-ui.mjs").toString(),
                new String(JsonWriter.write(given, 0))).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(output);
            System.out.println(said);
            assertThat(ended).as("The browser did not come to an end:%n%s", said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String withoutSlash(ServiceProcess service) throws IOException {
        return service.address().toString().replaceAll("/$", "");
    }

    private static String report(ServiceProcess service) {
        try {
            return service.log();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
