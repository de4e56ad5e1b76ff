package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.function.Consumer;

/** Keys exist, and are given once. */
final class PropertiesCheck implements Consumer<Snippet> {

    private final ConfigurationKeys keys;

    PropertiesCheck(ConfigurationKeys keys) {
        this.keys = keys;
    }

    @Override
    public void accept(Snippet snippet) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(snippet.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long lines = snippet.lines().stream().filter(line -> !line.isBlank() && !line.startsWith("#")).count();
        assertThat(properties).as("%s: keys that are there twice, or values over several lines", snippet).hasSize((int) lines);
        for (String key : properties.stringPropertyNames()) {
            assertThat(keys.contains(key.replaceFirst("^%[\\w,-]+\\.", ""))).as("%s: the key %s exists", snippet, key).isTrue();
        }
    }
}
