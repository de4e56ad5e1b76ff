package io.quarkiverse.tokenstorage.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.storage.UnknownSetting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;

/**
 * Names under {@code auth} that are nearly, but not quite, those of this extension. Quarkus reports unknown keys itself when
 * an application is built or starts, though not which are meant; of environment variables it says nothing, nor of elements of
 * lists.
 */
final class MisspeltSettings {

    private static final Logger LOG = Logger.getLogger(MisspeltSettings.class);
    private static final int LONGEST_NAME = 200;

    private MisspeltSettings() {
    }

    /** In the order of their names; in every profile, the active and the others. */
    static List<UnknownSetting> find(SmallRyeConfig config) {
        TreeSet<String> keys = new TreeSet<>();
        TreeSet<String> variables = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            for (String name : source.getPropertyNames()) {
                if (isVariable(name, source)) {
                    variables.add(name);
                } else if (name.contains("auth.")) {
                    keys.add(name);
                }
            }
        }
        // The source of variables has them in the form of keys, too
        keys.removeIf(key -> variables.contains(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
        Map<String, UnknownSetting> unknown = new TreeMap<>();
        keys.forEach(key -> add(key, KnownSettings.meantByKey(key), unknown));
        variables.forEach(variable -> add(variable, KnownSettings.meantByVariable(variable), unknown));
        return List.copyOf(unknown.values());
    }

    private static void add(String name, Optional<String> meant, Map<String, UnknownSetting> unknown) {
        meant.ifPresent(known -> unknown.put(name,
                new UnknownSetting(PrintableText.of(name, LONGEST_NAME), PrintableText.of(known, LONGEST_NAME))));
    }

    private static boolean isVariable(String name, ConfigSource source) {
        return source instanceof EnvConfigSource && name.contains("AUTH_");
    }

    /** Of those that Quarkus does not report. */
    static void warn(SmallRyeConfig config) {
        for (UnknownSetting setting : find(config)) {
            boolean reported = setting.name().startsWith("auth.") && !setting.name().endsWith("]");
            if (!reported && !setting.name().startsWith("%")) {
                LOG.warnf("%s is not known: did you mean %s?", setting.name(), setting.meant());
            }
        }
    }
}
