package io.quarkiverse.tokenstorage.deployment;

import java.util.Optional;
import java.util.Set;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.KeyRotation;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenInspection;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.smallrye.common.annotation.Identifier;

/** The names of backends, and how beans and injection points carry them. */
final class Backends {

    static final DotName TOKEN_STORAGE = DotName.createSimple(TokenStorage.class);

    /** What only the encrypted backend can do: whoever injects one of these needs it. */
    static final Set<DotName> OF_SOPS = Set.of(DotName.createSimple(SopsTokenStorage.class),
            DotName.createSimple(KeyRotation.class), DotName.createSimple(TokenInspection.class));

    private static final DotName IDENTIFIER = DotName.createSimple(Identifier.class);

    private Backends() {
    }

    static Type type() {
        return Type.create(TOKEN_STORAGE, Type.Kind.CLASS);
    }

    static AnnotationInstance qualifier(String backend) {
        return AnnotationInstance.builder(IDENTIFIER).add("value", backend).build();
    }

    /** The backend that is asked for by its name, or by what it alone can do. */
    static Optional<String> of(InjectionPointInfo point) {
        DotName type = point.getRequiredType().name();
        if (type.equals(TOKEN_STORAGE)) {
            return name(point.getRequiredQualifiers());
        }
        return OF_SOPS.contains(type) ? Optional.of(BuiltInBackends.SOPS) : Optional.empty();
    }

    /** Whether there must be such a backend; who looks it up may be content without one. */
    static boolean isCertain(InjectionPointInfo point, String name) {
        return BuiltInBackends.ALL.contains(name) || !point.isProgrammaticLookup();
    }

    /** Whether the storage of the configuration is asked for, or may be. */
    static boolean isConfigured(InjectionPointInfo point) {
        return point.getRequiredType().name().equals(TOKEN_STORAGE) && name(point.getRequiredQualifiers()).isEmpty();
    }

    /** The name that a bean or an injection point with these qualifiers has. */
    static Optional<String> name(Iterable<AnnotationInstance> qualifiers) {
        for (AnnotationInstance qualifier : qualifiers) {
            if (qualifier.name().equals(IDENTIFIER)) {
                return Optional.of(qualifier.value().asString());
            }
        }
        return Optional.empty();
    }
}
