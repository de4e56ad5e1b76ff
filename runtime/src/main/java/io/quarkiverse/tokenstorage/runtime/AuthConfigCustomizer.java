package io.quarkiverse.tokenstorage.runtime;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/** Does for the configuration of the build what {@link AuthConfigBuilder} does for that of the application. */
public final class AuthConfigCustomizer implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        AuthConfigBuilder.prepare(builder);
    }
}
