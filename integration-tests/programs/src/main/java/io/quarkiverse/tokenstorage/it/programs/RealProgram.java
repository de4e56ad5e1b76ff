package io.quarkiverse.tokenstorage.it.programs;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.opentest4j.TestAbortedException;

/**
 * A program that tests need, as judge or witness. Looked for in {@code PATH}, then where {@code go install} puts programs.
 */
public enum RealProgram {

    SOPS("sops", "go install github.com/getsops/sops/v3/cmd/sops@v3.13.2"),
    /** Before stdin, SSH keys and final newlines. */
    SOPS_3_9_4("sops-3.9.4/sops", "GOBIN=~/go/bin/sops-3.9.4 go install github.com/getsops/sops/v3/cmd/sops@v3.9.4"),
    /** Before exact integers. */
    SOPS_3_12_2("sops-3.12.2/sops", "GOBIN=~/go/bin/sops-3.12.2 go install github.com/getsops/sops/v3/cmd/sops@v3.12.2"),
    AGE("age", "apt-get install age, or go install filippo.io/age/cmd/age@v1.1.1"),
    AGE_KEYGEN("age-keygen", "apt-get install age, or go install filippo.io/age/cmd/age-keygen@v1.1.1"),
    /** Beside its plugin, which takes passphrases from a variable; {@link #AGE} is older and knows nothing of either. */
    AGE_1_3("age-1.3.2/age", RealProgram.AGE_1_3_INSTALLATION),
    AGE_1_3_KEYGEN("age-1.3.2/age-keygen", RealProgram.AGE_1_3_INSTALLATION),
    SSH_KEYGEN("ssh-keygen", "apt-get install openssh-client"),
    /** Gives a program a terminal. */
    SCRIPT("script", "apt-get install bsdutils"),
    /** Takes the terminal away from a program. */
    SETSID("setsid", "apt-get install util-linux"),
    GPG("gpg", "apt-get install gnupg"),
    STRACE("strace", "apt-get install strace"),
    CHROMIUM(List.of("chromium", "chromium-browser"), "apt-get install chromium"),
    /** Of version 18 or newer. */
    NODE("node", "apt-get install nodejs npm"),
    MOTO_SERVER("moto_server", "pip install -r .ci/moto-requirements.txt in a virtual environment, with its bin in PATH");

    private static final String AGE_1_3_INSTALLATION = "GOBIN=~/go/bin/age-1.3.2 go install filippo.io/age/cmd/...@v1.3.2";

    private final List<String> names;
    private final String installation;

    RealProgram(String name, String installation) {
        this(List.of(name), installation);
    }

    /** @param names what systems call it, the usual name first */
    RealProgram(List<String> names, String installation) {
        this.names = names;
        this.installation = installation;
    }

    /**
     * The path of the program. Where it is missing the calling test is skipped, and says so on standard error; with
     * {@code CI=true} in the environment or {@code -Dtokenstorage.test.required=true} it fails instead.
     */
    public Path required() {
        Optional<Path> found = find();
        if (found.isPresent()) {
            return found.get();
        }
        throw skipped("is not here");
    }

    /** What to throw if this program cannot be a judge for a reason such as {@code is not here}. */
    public TestAbortedException skipped(String reason) {
        String message = "The program " + names.get(0) + " " + reason + ", so what needs it is not tested. To install it: "
                + installation;
        if (isRequired()) {
            throw new AssertionError(message);
        }
        System.err.println("SKIPPED: " + message);
        return new TestAbortedException(message);
    }

    private static boolean isRequired() {
        return Boolean.getBoolean("tokenstorage.test.required") || "true".equals(System.getenv("CI"));
    }

    private Optional<Path> find() {
        return names.stream().flatMap(name -> directories().stream().map(directory -> directory.resolve(name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    private static List<Path> directories() {
        List<Path> directories = new ArrayList<>();
        addEach(directories, System.getenv("PATH"), "");
        addEach(directories, System.getenv("GOBIN"), "");
        addEach(directories, System.getenv("GOPATH"), "bin");
        directories.add(Path.of(System.getProperty("user.home"), "go", "bin"));
        return directories;
    }

    private static void addEach(List<Path> directories, String list, String below) {
        if (list != null) {
            for (String entry : list.split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    directories.add(Path.of(entry).resolve(below));
                }
            }
        }
    }
}
