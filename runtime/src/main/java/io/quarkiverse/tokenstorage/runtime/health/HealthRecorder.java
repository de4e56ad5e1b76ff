package io.quarkiverse.tokenstorage.runtime.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.common.annotation.Identifier;

/** Recorded only for applications that have SmallRye Health. */
@Recorder
public class HealthRecorder {

    public Function<SyntheticCreationalContext<ExaminedBackends>, ExaminedBackends> examined(boolean configured,
            Set<String> named) {
        return context -> {
            Map<String, TokenStorage> backends = new HashMap<>();
            named.forEach(name -> backends.put(name,
                    context.getInjectedReference(TokenStorage.class, Identifier.Literal.of(name))));
            return new ExaminedBackends(configured, backends);
        };
    }
}
