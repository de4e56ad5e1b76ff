package io.quarkiverse.tokenstorage.sops.executable;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.rules.KeyVariables;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * What sops says on standard error, made fit for a message. To be used only where sops knew no plain text yet: it quotes
 * values. Credentials that its libraries might quote, private keys and whatever variables hold, are replaced.
 */
final class ErrorText {

    private static final int LONGEST = 800;

    private static final Pattern SECRET_NAME = Pattern.compile("KEY|TOKEN|SECRET|PASS|CREDENTIAL|_CMD");
    /** Variables that name files show where to look; those that name public keys are what an error is about. */
    private static final Pattern PUBLIC_NAME = Pattern.compile("_FILE$|_PATH$|_DIR$|_ID$|KEYSERVICE");
    /** A shorter value is no secret, and would be found in ordinary words. */
    private static final int SHORTEST_SECRET = 8;

    /** Decoration of the explanation why no key opens a document ({@code usererrors.go}). */
    private static final Pattern DECORATION = Pattern.compile("^[-| ]+");
    private static final String DETAILS_START = "Group 0:";
    private static final String DETAILS_END = "Recovery failed because";

    private final Map<String, String> secrets;

    ErrorText(HostEnvironment environment) {
        this.secrets = secretsOf(environment);
    }

    private static Map<String, String> secretsOf(HostEnvironment environment) {
        Map<String, String> secrets = new LinkedHashMap<>();
        environment.variables().forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (SECRET_NAME.matcher(upper).find() && !PUBLIC_NAME.matcher(upper).find()
                    && !KeyVariables.names().contains(upper)) {
                for (String word : value.split("\\s+")) {
                    if (word.length() >= SHORTEST_SECRET) {
                        secrets.put(word, "[" + name + "]");
                    }
                }
            }
        });
        return secrets;
    }

    /** One line, cut to a bounded length. */
    String of(List<String> lines) {
        int start = 0;
        int end = lines.size();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(DETAILS_START)) {
                start = i + 1;
            } else if (lines.get(i).startsWith(DETAILS_END)) {
                end = Math.max(i, start);
                break;
            }
        }
        String text = lines.subList(start, end).stream().map(line -> DECORATION.matcher(line).replaceFirst(""))
                .map(line -> PrintableText.withoutIdentities(line, "[identity]")).map(ErrorText::withoutCutWord)
                .filter(line -> !line.isEmpty()).collect(Collectors.joining("; "));
        return text.isEmpty() ? "it did not say why" : PrintableText.of(withoutSecrets(text), LONGEST);
    }

    /** The first half of a secret would not be recognised. */
    private static String withoutCutWord(String line) {
        return line.endsWith("…") ? line.substring(0, line.lastIndexOf(' ') + 1) + "…" : line;
    }

    private String withoutSecrets(String text) {
        String masked = text;
        List<Map.Entry<String, String>> longestFirst = secrets.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, String> secret) -> -secret.getKey().length())).toList();
        for (Map.Entry<String, String> secret : longestFirst) {
            masked = masked.replace(secret.getKey(), secret.getValue());
        }
        return masked;
    }
}
