package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Rules files are read by this library, keys of the configuration exist, and what is for Kubernetes names what it is. */
final class YamlCheck implements Consumer<Snippet> {

    private static final Pattern OUR_VARIABLE = Pattern.compile("AUTH_[A-Z_]+");

    private final ConfigurationKeys keys;
    private final RulesExample rules = new RulesExample();

    YamlCheck(ConfigurationKeys keys) {
        this.keys = keys;
    }

    @Override
    public void accept(Snippet snippet) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(snippet.text())) {
            assertThat(document).as("%s: a mapping", snippet).isInstanceOf(Map.class);
            check(snippet, (Map<?, ?>) document);
        }
    }

    private void check(Snippet snippet, Map<?, ?> document) {
        if (document.containsKey("creation_rules")) {
            rules.check(snippet.toString(), snippet.text());
        } else if (document.containsKey("auth") || document.containsKey("quarkus")) {
            requireKeys(snippet, "", document);
        } else if (document.containsKey("apiVersion")) {
            assertThat(document.get("kind")).as("%s: kind", snippet).isInstanceOf(String.class);
            assertThat(((Map<?, ?>) document.get("metadata")).get("name")).as("%s: name", snippet).isInstanceOf(String.class);
            lookInto(snippet, document);
        } else if (document.containsKey("initContainers") || document.containsKey("containers")) {
            lookInto(snippet, document);
        } else {
            fail("%s: neither rules nor configuration nor for Kubernetes: %s", snippet, document.keySet());
        }
    }

    private void requireKeys(Snippet snippet, String prefix, Map<?, ?> mapping) {
        mapping.forEach((name, value) -> {
            String quoted = name.toString().contains(".") ? "\"" + name + "\"" : name.toString();
            if (value instanceof Map<?, ?> below) {
                requireKeys(snippet, prefix + quoted + ".", below);
            } else {
                assertThat(keys.contains(prefix + quoted)).as("%s: the key %s exists", snippet, prefix + quoted).isTrue();
            }
        });
    }

    /** Our variables exist, and rules in a ConfigMap are rules. */
    private void lookInto(Snippet snippet, Object value) {
        if (value instanceof Map<?, ?> mapping) {
            mapping.forEach((name, below) -> {
                if (name.toString().endsWith(".sops.yaml")) {
                    rules.check(snippet + ", " + name, below.toString());
                }
                lookInto(snippet, below);
            });
        } else if (value instanceof Iterable<?> list) {
            list.forEach(below -> lookInto(snippet, below));
        } else if (value instanceof String text && OUR_VARIABLE.matcher(text).matches()) {
            assertThat(keys.containsVariable(text)).as("%s: a key has the variable %s", snippet, text).isTrue();
        }
    }
}
