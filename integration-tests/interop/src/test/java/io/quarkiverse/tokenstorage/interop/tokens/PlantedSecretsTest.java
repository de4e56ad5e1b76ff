package io.quarkiverse.tokenstorage.interop.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/**
 * A process that works with planted secrets, in well-formed and in malformed input, is watched with strace: whatever it writes
 * to any file, stream or pipe, every name it gives a file, and every argument and variable it gives a child is looked through.
 */
class PlantedSecretsTest {

    private static final String ACCESS = "pLaNtEdAcCeSs7531";
    private static final String REFRESH = "pLaNtEdReFrEsH8642";
    private static final String ID = "pLaNtEdIdToKeN9753";
    private static final String METADATA = "pLaNtEdMeTaDaTa1357";
    /** A member that the rule leaves in clear, which the storage warns of: it is in the file, and nowhere else. */
    private static final String CLEAR = "pLaNtEdClEaR2468";
    private static final List<String> TOKENS = List.of(ACCESS, REFRESH, ID, METADATA);

    @TempDir
    Path directory;
    Sandbox box;
    Path root;
    Path trace;
    AgeIdentity fromCommand;

    @BeforeEach
    void plant() {
        RealProgram.STRACE.required();
        box = Sandbox.in(directory);
        root = box.home().resolve("planted");
        trace = directory.resolve("trace");
        fromCommand = AgeIdentity.generate();
        box.ruleFor(box.identity().recipient() + "," + fromCommand.recipient());
        plantImports();
        plantDocuments();
        plantKeyFiles();
    }

    private void plantImports() {
        String complete = "{\"access_token\":\"" + ACCESS + "\",\"refresh_token\":\"" + REFRESH + "\",\"id_token\":\"" + ID
                + "\",\"expires_in\":3600,\"scope\":\"openid\",\"session\":\"" + METADATA + "\"}";
        List<String> inputs = new ArrayList<>(List.of(complete, complete.replace("3600", "\"" + METADATA + "\""),
                complete.replace("3600", METADATA), complete.replace("\"openid\"", "[1,\"" + METADATA + "\"]"),
                complete.replace("\"openid\"", "{\"" + METADATA + "\":1}"), complete.replace("\"" + ID + "\"", ID),
                complete.replace("\"" + ID + "\"", "[\"" + ID + "\"]"),
                complete.replace("\"" + ACCESS + "\"", "{\"a\":\"" + ACCESS + "\"}"),
                complete.replace("\"id_token\"", "\"access_token\""),
                complete.replace("expires_in\":3600", "expires_at\":\"" + METADATA + "\""),
                complete.replace("expires_in\":3600", "issued_at\":\"2026-" + METADATA + "\""), complete + complete,
                complete.replace(",\"scope\"", ";\"scope\""), complete.replace(ACCESS, ACCESS + "\n"),
                complete.replace(ACCESS, ACCESS + "\\q"),
                "\"" + ACCESS + "\"", ACCESS, "[\"" + ACCESS + "\"]", "<html>" + ACCESS + "</html>", "Bearer " + ACCESS,
                complete.replace("session\":\"" + METADATA, "x_unencrypted\":\"" + CLEAR),
                complete.replace("\"" + METADATA + "\"", "{\"sops\":\"" + METADATA + "\"}"),
                complete.replace("session", "sops"), complete.replace("\"" + METADATA + "\"", "1e999"),
                complete.replace("session", ""),
                "{\"error\":\"" + ACCESS + "\",\"error_description\":\"" + METADATA + "\"}",
                "[".repeat(100_000) + "\"" + ACCESS + "\"", "{\"access_token\":\"" + (ACCESS + " ").repeat(200_000)));
        for (int length = 1; length < complete.length(); length += 7) {
            inputs.add(complete.substring(0, length));
        }
        for (int i = 0; i < inputs.size(); i++) {
            Sandbox.write(root.resolve("imports/%03d".formatted(i)), inputs.get(i));
        }
    }

    private void plantDocuments() {
        String plain = "{\"access_token\":\"" + ACCESS + "\",\"refresh_token\":\"" + REFRESH + "\"}";
        String intact = new String(box.sopsEncrypt(plain.getBytes(StandardCharsets.UTF_8), "x.json"), StandardCharsets.UTF_8);
        Map<String, String> documents = new TreeMap<>();
        documents.put("intact", intact);
        documents.put("clearinside",
                intact.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": \"" + ACCESS + "\""));
        documents.put("bareword", intact.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": " + ACCESS));
        documents.put("encclear", intact.replaceFirst("\"ENC\\[", "\"ENC[" + ACCESS));
        documents.put("wrongmac", intact.replaceFirst("\"mac\": \"ENC", "\"mac\": \"" + ACCESS));
        documents.put("wrongdate", intact.replaceFirst("\"lastmodified\": \"", "\"lastmodified\": \"" + ACCESS));
        documents.put("wrongversion", intact.replaceFirst("\"version\": \"", "\"version\": \"" + ACCESS));
        documents.put("wrongtype", intact.replace("type:str]", "type:int]"));
        documents.put("nothingencrypted", plain);
        documents.put("otherscheme", new String(box.sopsEncrypt(("{\"access_token\":{\"" + ACCESS + "\":\"" + REFRESH + "\"}}")
                .getBytes(StandardCharsets.UTF_8), "x.json"), StandardCharsets.UTF_8));
        documents.put("badexpiry",
                new String(box.sopsEncrypt(("{\"access_token\":\"" + ACCESS + "\",\"expires_at\":\"" + METADATA + "\"}")
                        .getBytes(StandardCharsets.UTF_8), "x.json"), StandardCharsets.UTF_8));
        Sandbox.write(box.work().resolve("other.yaml"), "creation_rules:\n  - age: " + fromCommand.recipient() + "\n");
        documents.put("commandonly", box.sops(box.work(), plain.getBytes(StandardCharsets.UTF_8), "--config", "other.yaml",
                "encrypt", "--filename-override", "x.json").text());
        documents.forEach((name, content) -> Sandbox.write(root.resolve("tokens/" + name + ".token.sops.json"), content));
    }

    private void plantKeyFiles() {
        String key = box.identity().secretKey();
        List<String> keyFiles = List.of(key, key.toLowerCase(), key + "x", key.substring(0, key.length() - 1), " " + key,
                key + " " + key, "\"" + key + "\"", "key: " + key, key.replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"),
                key.replace("AGE-SECRET-KEY-1", "AGE-PLUGIN-X-1"), key.substring(0, 40) + "\n" + key.substring(40));
        for (int i = 0; i < keyFiles.size(); i++) {
            Sandbox.write(root.resolve("keys/%02d".formatted(i)), keyFiles.get(i) + "\n");
        }
    }

    @Test
    void nothingPlantedIsEverWrittenInClear() throws IOException {
        Path script = Sandbox.write(box.home().resolve("identity"), fromCommand.secretKey() + "\n");
        box.set("SOPS_AGE_KEY_CMD", "cat " + script);
        List<String> calls = watch("sops");
        for (String certain : List.of("AuthToken[Bearer", "DamagedDocumentException", "ENC[AES256_GCM",
                "SOPS_AGE_RECIPIENT=")) {
            assertThat(calls.stream().anyMatch(call -> call.contains(certain))).as("the watch sees " + certain).isTrue();
        }
        List<String> secrets = new ArrayList<>(TOKENS);
        secrets.add(box.identity().secretKey().substring(20, 50));
        assertThat(findings(calls, secrets)).isEmpty();
        assertThat(findings(calls, List.of(CLEAR))).isNotEmpty()
                .allMatch(call -> call.contains("x_unencrypted\\\": \\\"" + CLEAR));
        // The command itself prints its identity; nobody else may name it
        assertThat(findings(calls.stream().filter(call -> !call.contains("write(1<")).toList(),
                List.of(fromCommand.secretKey().substring(20, 50)))).isEmpty();
    }

    @Test
    void theWatchSeesWhatThePlainBackendWrites() throws IOException {
        List<String> calls = watch("file");
        assertThat(findings(calls, TOKENS)).hasSizeGreaterThanOrEqualTo(TOKENS.size());
        // Only into its files: never onto a stream, into a name or an argument
        assertThat(findings(calls.stream().filter(call -> !call.contains("{\\n") && !call.contains("{\\\"")).toList(), TOKENS))
                .isEmpty();
    }

    /** Fewer inputs, for each takes several processes. The pipes between us and sops are where the plain text belongs. */
    @Test
    void whatGoesToSopsAndBackGoesThroughPipesOnly() throws IOException {
        keepEvery(root.resolve("imports"), 12);
        keepEvery(root.resolve("keys"), 3);
        box.set("SOPS_AGE_KEY_CMD", "cat " + Sandbox.write(box.home().resolve("identity"), fromCommand.secretKey() + "\n"));
        List<String> calls = watch("sops", RealProgram.SOPS.required().toString());
        assertThat(calls).anyMatch(call -> call.contains("\"encrypt\", \"--input-type\""))
                .anyMatch(call -> call.contains("\"decrypt\", \"--input-type\""));
        assertThat(calls).as("what sops is given").anyMatch(call -> call.contains("<pipe:") && call.contains(ACCESS));
        List<String> secrets = new ArrayList<>(TOKENS);
        secrets.add(box.identity().secretKey().substring(20, 50));
        List<String> outsidePipes = calls.stream().filter(call -> !call.matches(".*\\bp?writev?\\(\\d+<pipe:.*")).toList();
        assertThat(outsidePipes).hasSizeLessThan(calls.size());
        assertThat(findings(outsidePipes, secrets)).isEmpty();
        String shown = new String(shown(), StandardCharsets.ISO_8859_1);
        assertThat(shown).contains("DamagedDocumentException", "AuthToken[Bearer");
        assertThat(findings(List.of(shown), secrets)).isEmpty();
    }

    private static void keepEvery(Path directory, int step) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            int number = 0;
            for (Path file : files.sorted().toList()) {
                if (number++ % step != 0) {
                    Files.delete(file);
                }
            }
        }
    }

    private byte[] shown() throws IOException {
        return Files.readAllBytes(directory.resolve("shown"));
    }

    private List<String> watch(String backend, String... further) throws IOException {
        List<String> command = new ArrayList<>(List.of(RealProgram.STRACE.required().toString(), "--follow-forks",
                "--no-abbrev",
                "--string-limit=10000000",
                "--quiet=all", "--signal=none", "--decode-fds=path",
                "--trace=/^(pwrite|write|send|exec|open|rename|link|symlink|mk)",
                "--output=" + trace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), PlantedSecrets.class.getName(), backend,
                root.toString()));
        command.addAll(List.of(further));
        ProgramRun run = ProgramRun.of(command, box.environment().variables(), box.work(), new byte[0]);
        assertThat(run.exit()).as(() -> new String(run.stdout(), StandardCharsets.UTF_8) + run.stderr()).isZero();
        Sandbox.write(directory.resolve("shown"),
                new String(run.stdout(), StandardCharsets.ISO_8859_1)
                        + new String(run.stderr().getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1));
        return Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    }

    private static List<String> findings(List<String> calls, List<String> secrets) {
        List<String> needles = new ArrayList<>();
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
            needles.add(secret);
            needles.add(HexFormat.of().formatHex(bytes));
            for (int skipped = 0; skipped < 3; skipped++) {
                // Base64 of the secret at each alignment, without the ends that depend on the neighbours
                String encoded = Base64.getEncoder()
                        .encodeToString(secret.substring(skipped).getBytes(StandardCharsets.US_ASCII));
                needles.add(encoded.substring(0, encoded.length() - 4));
            }
        }
        return calls.stream().flatMap(call -> needles.stream().filter(call::contains).map(needle -> around(call, needle)))
                .toList();
    }

    private static String around(String call, String needle) {
        int at = call.indexOf(needle);
        return call.substring(Math.max(0, at - 100), Math.min(call.length(), at + needle.length() + 50));
    }
}
