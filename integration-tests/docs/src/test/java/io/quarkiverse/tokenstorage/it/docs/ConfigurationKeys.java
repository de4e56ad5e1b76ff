package io.quarkiverse.tokenstorage.it.docs;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys that exist: ours from the configuration reference, those of Quarkus from the models in its artifacts. */
final class ConfigurationKeys {

    private static final Pattern OURS = Pattern.compile("\\[\\.property-path]##link:#[^\\[]+\\[`([^`]+)`]");
    private static final Pattern QUARKUS = Pattern.compile("\"property\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern MAP_KEY = Pattern.compile("\"[^\"]+\"");

    private final Set<String> names = new HashSet<>();
    private final List<Pattern> patterns;

    private ConfigurationKeys() {
        Path reference = Project.MODULE.resolve("partials/quarkus-token-storage.adoc");
        collect(OURS, Project.read(reference));
        for (Path model : Project.files(Project.BUILD.resolve("configuration-models"), ".json")) {
            collect(QUARKUS, Project.read(model));
        }
        patterns = names.stream().filter(name -> name.contains("\"")).map(ConfigurationKeys::pattern).toList();
    }

    static ConfigurationKeys read() {
        return new ConfigurationKeys();
    }

    private void collect(Pattern key, String text) {
        Matcher matcher = key.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1).replace("\\\"", "\""));
        }
    }

    private static Pattern pattern(String name) {
        String[] around = MAP_KEY.split(name, -1);
        return Pattern.compile(List.of(around).stream().map(Pattern::quote)
                .collect(Collectors.joining("(\"[^\"]+\"|[^.\"]+)")));
    }

    /** @param key in either spelling, without a profile */
    boolean contains(String key) {
        String dashed = key.startsWith("auth.") && !key.startsWith("auth.providers.") ? key.replace('_', '-') : key;
        return names.contains(dashed) || patterns.stream().anyMatch(pattern -> pattern.matcher(dashed).matches());
    }

    boolean containsVariable(String variable) {
        return names.stream().anyMatch(name -> variable.equals(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
    }
}
