package io.quarkiverse.tokenstorage.runtime;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Prepares the configuration of the running application for keys under {@code auth}. The root is not {@code quarkus.}, so
 * each of the two mappings would refuse the keys of the other, and all keys that an application itself has under
 * {@code auth}.
 */
public final class AuthConfigBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return prepare(builder);
    }

    static SmallRyeConfigBuilder prepare(SmallRyeConfigBuilder builder) {
        return builder.withMappingIgnore("auth.**").withInterceptors(new SnakeCaseAliases());
    }
}
