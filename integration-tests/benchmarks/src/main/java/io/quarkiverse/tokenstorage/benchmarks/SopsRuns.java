package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code sops} program on the file of provider {@code p}. */
record SopsRuns(ProcessTime decrypt, ProcessTime encrypt) {

    SopsRuns(Path sops, Workspace workspace, Map<String, String> more) throws IOException {
        this(decryption(sops, workspace, more), encryption(sops, workspace, more));
    }

    private static ProcessTime decryption(Path sops, Workspace workspace, Map<String, String> more) {
        return new ProcessTime(environment(workspace, more), workspace.work(),
                List.of(sops.toString(), "decrypt", workspace.file("p").toString()));
    }

    private static ProcessTime encryption(Path sops, Workspace workspace, Map<String, String> more) throws IOException {
        Path plain = workspace.work().resolve("plain.json");
        Files.write(plain, decryption(sops, workspace, more).output());
        return new ProcessTime(environment(workspace, more), workspace.work(), List.of(sops.toString(), "encrypt",
                "--output", workspace.work().resolve("out.json").toString(), plain.toString()));
    }

    private static Map<String, String> environment(Workspace workspace, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Map.of("HOME", workspace.home().toString(), "PATH", System.getenv("PATH"),
                "SOPS_DISABLE_VERSION_CHECK", "1"));
        return environment;
    }
}
