package io.quarkiverse.tokenstorage.sops.executable;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a sops program. */
record SopsVersion(int major, int minor, int patch) {

    /** The first that encrypts and decrypts from standard input; it also knows age plugins. */
    static final SopsVersion OLDEST = new SopsVersion(3, 10, 0);

    private static final Pattern LINE = Pattern.compile("sops (\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?![\\d.]).*");

    /** @param lines what {@code sops --version} prints: its version is in one of them */
    static Optional<SopsVersion> parse(List<String> lines) {
        return lines.stream().map(LINE::matcher).filter(Matcher::matches).findFirst()
                .map(line -> new SopsVersion(Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)),
                        Integer.parseInt(line.group(3))));
    }

    boolean isTooOld() {
        return major < OLDEST.major || major == OLDEST.major && minor < OLDEST.minor;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
