package io.quarkiverse.tokenstorage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.utils.StringUtil;

class SnakeCaseAliasesTest {

    @ParameterizedTest
    @MethodSource("keysWithADash")
    void everyKeyWithADashHasBothSpellings(String key) {
        assertThat(config(Map.of(key.replace('-', '_'), "value")).getRawValue(key)).isEqualTo("value");
        assertThat(config(Map.of("%test." + key.replace('-', '_'), "value")).getRawValue(key)).isEqualTo("value");
    }

    static Stream<String> keysWithADash() {
        return Stream.of(TokenStorageBuildTimeConfig.class, TokenStorageRunTimeConfig.class)
                .flatMap(mapping -> keys(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping))
                .filter(key -> key.contains("-"));
    }

    /** The keys that a type of a mapping asks for at one place: those of its members, or the place itself for a value. */
    private static Stream<String> keys(String place, Type type) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return keys(place + ".lab", map.getActualTypeArguments()[1]);
        }
        if (type instanceof Class<?> group && group.getPackage() == SnakeCaseAliases.class.getPackage()) {
            return Stream.of(group.getMethods())
                    .flatMap(member -> keys(place + "." + StringUtil.skewer(member.getName()), member.getGenericReturnType()));
        }
        return Stream.of(place);
    }

    @ParameterizedTest
    @CsvSource({ "auth.providers.my-lab_1.token_storage, auth.providers.my-lab_1.token-storage",
            "auth.providers.\"a.token_storage\".token_storage, auth.providers.\"a.token_storage\".token-storage",
            "auth.providers.token_storage, auth.providers.token_storage", "auth.token_storage_2, auth.token_storage_2",
            "quarkus.token_storage, quarkus.token_storage", "auth.storage.file.directory, auth.storage.file.directory" })
    void onlyKnownLastSegmentsAreTranslated(String key, String translated) {
        assertThat(SnakeCaseAliases.otherSpelling(key)).isEqualTo(translated);
    }

    @Test
    void namesAreListedInBothSpellings() {
        SmallRyeConfig config = config(Map.of("auth.providers.my_lab.token_storage", "file"));

        assertThat(StreamSupport.stream(config.getPropertyNames().spliterator(), false))
                .contains("auth.providers.my_lab.token-storage").doesNotContain("auth.providers.my-lab.token-storage");
    }

    @Test
    void theStrongerSourceWinsAndTheDashWithinOneSource() {
        Map<String, String> both = new TreeMap<>(Map.of("auth.token-storage", "dash", "auth.token_storage", "underscore"));
        assertThat(config(both).getRawValue("auth.token-storage")).isEqualTo("dash");

        SmallRyeConfig config = AuthConfigBuilder.prepare(new SmallRyeConfigBuilder())
                .withSources(List.of(new PropertiesConfigSource(Map.of("auth.token-storage", "weak"), "weak", 100),
                        new PropertiesConfigSource(Map.of("auth.token_storage", "strong"), "strong", 200)))
                .build();
        assertThat(config.getRawValue("auth.token-storage")).isEqualTo("strong");
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return AuthConfigBuilder.prepare(new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("test"))
                .withSources(new PropertiesConfigSource(properties, "test", 250)).build();
    }
}
