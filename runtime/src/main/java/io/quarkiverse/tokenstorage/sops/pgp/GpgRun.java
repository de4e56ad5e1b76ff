package io.quarkiverse.tokenstorage.sops.pgp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.sops.process.ProcessResult;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * A run of {@code gpg} that came to its end: output, and what it told on standard error. There its status lines
 * ({@code doc/DETAILS} of GnuPG), which are the same in all languages, stand between the words for people. Closing zeroes the
 * output.
 */
final class GpgRun implements AutoCloseable {

    private static final String STATUS = "[GNUPG:] ";
    private static final String OWN_NAME = "gpg: ";
    /** It says so last also if the key is there and something else stood in the way. */
    private static final String WHATEVER_HAPPENED = "decryption failed: No secret key";
    private static final int MOST_LINES = 3;
    private static final int LONGEST_TEXT = 400;

    private final ProcessResult result;

    GpgRun(ProcessResult result) {
        this.result = result;
    }

    boolean succeeded() {
        return result.exitCode() == 0;
    }

    /** The bytes themselves, not a copy. */
    byte[] output() {
        return result.output();
    }

    boolean hasStatus(String keyword) {
        return status(keyword).findAny().isPresent();
    }

    /** The code of an error that the status lines tell for this place, without the part of gpg that it came from. */
    Optional<Integer> error(String place) {
        return status("ERROR").map(words -> words.split(" ")).filter(words -> words.length > 1 && words[0].equals(place))
                .map(words -> words[1]).filter(code -> code.matches("\\d{1,10}"))
                .map(code -> (int) (Long.parseLong(code) & 0xffff)).findFirst();
    }

    /** The key IDs that the status lines name with this keyword. */
    Set<String> keyIds(String keyword) {
        return keyIds(keyword, result.errorLines());
    }

    /** The same for a gpg that did not come to its end. */
    static Set<String> keyIds(String keyword, List<String> errorLines) {
        return status(keyword, errorLines).map(words -> words.split(" ")[0]).collect(Collectors.toSet());
    }

    private Stream<String> status(String keyword) {
        return status(keyword, result.errorLines());
    }

    private static Stream<String> status(String keyword, List<String> errorLines) {
        return errorLines.stream().filter(line -> line.startsWith(STATUS + keyword))
                .map(line -> line.substring(STATUS.length() + keyword.length()))
                .filter(rest -> rest.isEmpty() || rest.startsWith(" ")).map(String::strip);
    }

    /** Its last words for people, in its language; if there are none, the exit code. */
    String text() {
        String text = text(result.errorLines());
        return text.isEmpty() ? "exit code " + result.exitCode() : text;
    }

    /** The last words of a gpg that did not come to its end, to be put behind another text; empty if there are none. */
    static String tail(List<String> errorLines) {
        String text = text(errorLines);
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    private static String text(List<String> errorLines) {
        List<String> lines = errorLines.stream().filter(line -> !line.startsWith(STATUS) && !line.startsWith("\""))
                .map(line -> line.startsWith(OWN_NAME) ? line.substring(OWN_NAME.length()) : line)
                .filter(line -> !line.startsWith("encrypted with ")).toList();
        if (lines.size() > 1 && lines.get(lines.size() - 1).equals(WHATEVER_HAPPENED)) {
            lines = lines.subList(0, lines.size() - 1);
        }
        return PrintableText.of(String.join("; ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())),
                LONGEST_TEXT);
    }

    @Override
    public void close() {
        result.close();
    }
}
