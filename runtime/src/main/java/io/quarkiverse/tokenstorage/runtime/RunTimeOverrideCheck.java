package io.quarkiverse.tokenstorage.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.tokenstorage.runtime.BuiltChoices.Choice;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.NameIterator;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Compares the backends that the application was built with to those it is started with. Quarkus goes on with the former and
 * at most warns; but somebody who asks for {@code sops} and gets {@code file} has tokens in clear.
 */
final class RunTimeOverrideCheck {

    private static final String COMMON_KEY = "auth.token-storage";
    private static final String PROVIDERS = "auth.providers.";
    private static final String LEAF = ".token-storage";
    /** In any spelling that a source may use for it. */
    private static final Pattern NAME_OF_CHOICE = Pattern.compile("(?i).*auth[._].*token[._-]storage");
    private static final Pattern PROVIDER_VARIABLE = Pattern.compile("AUTH_PROVIDERS_+(.+?)_+TOKEN_STORAGE");

    /** From here on a source lies outside of the application: {@code application.properties} in it has 250, beside it 260. */
    private static final int FIRST_EXTERNAL_ORDINAL = 260;

    /** Up to here sources hold defaults, among them the values that were set when the application was built. */
    private static final int LAST_DEFAULT_ORDINAL = 0;

    /** The source with which Quarkus shows the built values to the running application. */
    private static final String BUILT_VALUES = "BuildTime RunTime Fixed";

    private final BuiltChoices built;
    private final SmallRyeConfig raw;

    private RunTimeOverrideCheck(BuiltChoices built, SmallRyeConfig raw) {
        this.built = built;
        this.raw = raw;
    }

    /** @throws ConfigurationException if a backend is to be another than the built one; names both and the remedy */
    static void check(BuiltChoices built, SmallRyeConfig config) {
        List<ConfigSource> sources = sourcesOfSettings(config);
        if (built.providers().isEmpty() && nothingBut(built.common().backend(), sources)) {
            return;
        }
        SmallRyeConfigBuilder raw = new SmallRyeConfigBuilder().withProfiles(config.getProfiles()).addDefaultInterceptors()
                .withSources(sources);
        RunTimeOverrideCheck check = new RunTimeOverrideCheck(built, AuthConfigBuilder.prepare(raw).build());
        check.checkCommon();
        check.checkBuiltProviders();
        check.checkVariables(providerVariables(sources));
        check.checkNewProviders();
    }

    private void checkCommon() {
        compare(COMMON_KEY, built.common());
    }

    private void checkBuiltProviders() {
        built.providers().forEach((provider, choice) -> {
            compare(PROVIDERS + '"' + provider + '"' + LEAF, choice);
            compare(PROVIDERS + provider + LEAF, choice);
        });
    }

    /** A provider that only the run time gives a backend of its own. */
    private void checkNewProviders() {
        for (String name : raw.getPropertyNames()) {
            if (name.startsWith(PROVIDERS) && name.endsWith(LEAF) && !built.providers().containsKey(providerOf(name))) {
                compare(name, built.common());
            }
        }
    }

    /** Variables of providers that the build did not know; such a name does not tell the provider exactly. */
    private void checkVariables(Map<String, String> variables) {
        List<String> known = new ArrayList<>();
        built.providers().keySet().forEach(provider -> known.add(asVariable(provider)));
        variables.forEach((variable, backend) -> {
            Matcher matcher = PROVIDER_VARIABLE.matcher(variable);
            if (matcher.matches() && !backend.isEmpty() && !known.contains(matcher.group(1))
                    && !backend.equals(built.common().backend())) {
                throw new ConfigurationException(variable + " is '" + backend + "' now, but the application was built with '"
                        + built.common().backend() + "' for this provider, and the backend cannot change afterwards. Build the"
                        + " application again with the property auth.providers.\"PROVIDER\".token-storage, or remove the"
                        + " variable");
            }
        });
    }

    /** Those of the process, and those in a file {@code .env}. */
    private static Map<String, String> providerVariables(List<ConfigSource> sources) {
        Map<String, String> variables = new TreeMap<>();
        for (ConfigSource source : sources) {
            for (String name : source.getPropertyNames()) {
                String backend = PROVIDER_VARIABLE.matcher(name).matches() ? source.getValue(name) : null;
                if (backend != null) {
                    variables.putIfAbsent(name, backend);
                }
            }
        }
        return variables;
    }

    private void compare(String key, Choice choice) {
        ConfigValue value = raw.getConfigValue(key);
        String backend = value.getValue();
        if (backend == null || backend.isEmpty() || backend.equals(choice.backend())) {
            return;
        }
        int ordinal = value.getConfigSourceOrdinal();
        boolean lostWhenBuilt = ordinal < FIRST_EXTERNAL_ORDINAL && ordinal < choice.ordinal();
        if (!lostWhenBuilt) {
            refuse(key, value, choice.backend());
        }
    }

    private static void refuse(String key, ConfigValue wanted, String builtWith) {
        throw new ConfigurationException(key + " is '" + wanted.getValue() + "' now (set in "
                + wanted.getConfigSourceName() + "), but the application was built with '" + builtWith
                + "', and the backend cannot change afterwards. Build the application again with the backend you want,"
                + " or remove the setting from where it is started");
    }

    private static String providerOf(String name) {
        NameIterator segments = new NameIterator(name);
        segments.next();
        segments.next();
        return segments.getNextSegment();
    }

    private static String asVariable(String provider) {
        return provider.replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
    }

    private static List<ConfigSource> sourcesOfSettings(SmallRyeConfig config) {
        List<ConfigSource> sources = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!source.getName().equals(BUILT_VALUES) && source.getOrdinal() > LAST_DEFAULT_ORDINAL) {
                sources.add(source);
            }
        }
        return sources;
    }

    /** Whether no source, whatever its profile, names another backend. Spares most starts the second configuration. */
    private static boolean nothingBut(String backend, List<ConfigSource> sources) {
        for (ConfigSource source : sources) {
            for (String name : source.getPropertyNames()) {
                if (NAME_OF_CHOICE.matcher(name).matches() && !backend.equals(source.getValue(name))) {
                    return false;
                }
            }
        }
        return true;
    }
}
