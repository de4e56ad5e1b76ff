package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** PGP, where the {@code gpg} program and its agent decide the time: ours, the bare program, and {@code sops}. */
final class PgpComparison {

    private static final int RUNS = 20;
    private static final String NAME = "benchmark@example.org";

    private PgpComparison() {
    }

    static List<String> run() throws IOException {
        List<String> page = new ArrayList<>(List.of("== PGP", ""));
        Optional<Path> sops = BenchmarkTable.programInPath("sops");
        Optional<Path> gpg = BenchmarkTable.programInPath("gpg");
        if (sops.isEmpty() || gpg.isEmpty()) {
            page.addAll(List.of("Not measured: there was no " + (sops.isEmpty() ? "`sops`" : "`gpg`") + " program.", ""));
            return page;
        }
        // A short path, as the sockets of the agent are in it
        Path home = Files.createTempDirectory("gpg");
        Map<String, String> variables = Map.of("GNUPGHOME", home.toString(), "PATH", System.getenv("PATH"));
        try {
            return measured(page, sops.get(), gpg.get(), home, variables);
        } finally {
            gpg(gpg.get().resolveSibling("gpgconf"), home, variables, "--kill", "all").output();
            remove(home);
        }
    }

    private static List<String> measured(List<String> page, Path sops, Path gpg, Path home, Map<String, String> variables)
            throws IOException {
        gpg(gpg, home, variables, "--batch", "--passphrase", "", "--quick-generate-key", NAME, "future-default").output();
        String listing = new String(gpg(gpg, home, variables, "--with-colons", "--list-keys", NAME).output(),
                StandardCharsets.UTF_8);
        String fingerprint = listing.lines().filter(line -> line.startsWith("fpr:")).findFirst().orElseThrow().split(":")[9];
        try (Workspace workspace = Workspace.create();
                CloseableTokenStorage storage = pgpStorage(workspace, fingerprint, variables)) {
            storage.save("p", Workspace.token(0));
            Path dataKey = Files.write(home.resolve("data-key"), new byte[32]);
            Path message = home.resolve("message");
            ProcessTime encrypt = gpg(gpg, home, variables, "--batch", "--yes", "--trust-model", "always", "-r", fingerprint,
                    "-o", message.toString(), "--encrypt", dataKey.toString());
            encrypt.output();
            ProcessTime decrypt = gpg(gpg, home, variables, "--batch", "-d", message.toString());
            SopsRuns program = new SopsRuns(sops, workspace, variables);
            List<Double> millis = ProcessTime.medianMillis(RUNS, () -> storage.load("p"), decrypt,
                    program.decrypt(), () -> storage.save("p", Workspace.token(1)), encrypt,
                    program.encrypt());
            page.addAll(List.of(
                    "Medians of " + RUNS + " runs, in turn; nothing is cached. A load of an unchanged file starts no"
                            + " program.",
                    "", "[cols=\"3,2,2,2\"]", "|===",
                    "|Operation |This library |`gpg` alone |sops as a process", "",
                    row("load", millis.subList(0, 3)), row("save", millis.subList(3, 6)), "|===", ""));
            return page;
        }
    }

    private static CloseableTokenStorage pgpStorage(Workspace workspace, String fingerprint, Map<String, String> variables)
            throws IOException {
        Files.writeString(workspace.work().resolve(".sops.yaml"), "creation_rules:\n  - pgp: " + fingerprint + "\n");
        return TokenStorages.sops(workspace.tokens(),
                workspace.options(variables).withDataKeyLifetime(Duration.ZERO).withAgeRecipients(List.of()));
    }

    private static ProcessTime gpg(Path program, Path home, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (program.endsWith("gpg")) {
            command.add("--quiet");
        }
        command.addAll(List.of(arguments));
        return new ProcessTime(variables, home, command);
    }

    private static String row(String operation, List<Double> millis) {
        return String.format(Locale.ROOT, "|%s |%.1f ms |%.1f ms |%.1f ms", operation, millis.get(0), millis.get(1),
                millis.get(2));
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
