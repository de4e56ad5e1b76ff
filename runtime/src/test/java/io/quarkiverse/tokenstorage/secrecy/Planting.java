package io.quarkiverse.tokenstorage.secrecy;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/** Makes objects of any class with a secret wherever there is room for one. */
final class Planting {

    /** Also in the form of a path, a word and a name. */
    static final String SECRET = "planted0secret";

    private static final byte[] BYTES = SECRET.getBytes(StandardCharsets.US_ASCII);
    private static final List<String> FORMS = List.of(SECRET, HexFormat.of().formatHex(BYTES),
            HexFormat.of().withUpperCase().formatHex(BYTES), Base64.getEncoder().withoutPadding().encodeToString(BYTES),
            Arrays.toString(BYTES), Arrays.toString(SECRET.toCharArray()));
    private static final int DEEPEST = 6;
    private static final int ALL = -1;
    private static final int NONE = -2;

    private final boolean secret;

    private Planting(boolean secret) {
        this.secret = secret;
    }

    /** Whether a text tells the secret, be it bytes in one of the usual forms. */
    static boolean isShownIn(String text) {
        return FORMS.stream().anyMatch(text::contains);
    }

    /**
     * The names of those parameters of a class's constructors whose values its text shows; each is tried by itself.
     *
     * @return empty if no constructor takes what is planted
     */
    static Optional<Set<String>> shownBy(Class<?> type) {
        Set<String> shown = new TreeSet<>();
        boolean made = false;
        for (Constructor<?> constructor : constructors(type)) {
            for (int i = 0; i < constructor.getParameterCount(); i++) {
                Optional<Object> object = construct(constructor, i, 0);
                made |= object.isPresent();
                if (object.filter(planted -> isShownIn(planted.toString())).isPresent()) {
                    shown.add(constructor.getParameters()[i].getName());
                }
            }
        }
        return made ? Optional.of(shown) : Optional.empty();
    }

    /** The one with the most parameters first; a record has no other. */
    private static List<Constructor<?>> constructors(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .sorted(Comparator.<Constructor<?>> comparingInt(Constructor::getParameterCount).reversed())
                .limit(type.isRecord() ? 1 : Integer.MAX_VALUE).toList();
    }

    private static Optional<Object> construct(Class<?> type, boolean secret, int depth) {
        if (depth > DEEPEST || Modifier.isAbstract(type.getModifiers())) {
            return Optional.empty();
        }
        return constructors(type).stream().map(constructor -> construct(constructor, secret ? ALL : NONE, depth))
                .flatMap(Optional::stream).findFirst();
    }

    /** @param place where the secret is; or all, or none */
    private static Optional<Object> construct(Constructor<?> constructor, int place, int depth) {
        Type[] types = constructor.getGenericParameterTypes();
        if (types.length != constructor.getParameterCount()) {
            types = constructor.getParameterTypes();
        }
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            arguments.add(new Planting(place == ALL || place == i).value(types[i], depth + 1));
        }
        try {
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), depth);
        } else if (type instanceof WildcardType wildcard) {
            return value(wildcard.getUpperBounds()[0], depth);
        } else if (type instanceof TypeVariable<?> variable) {
            return value(variable.getBounds()[0], depth);
        }
        return type instanceof Class<?> plain ? plain(plain, depth) : null;
    }

    private Object generic(Class<?> raw, Type[] arguments, int depth) {
        if (raw == Optional.class) {
            return Optional.ofNullable(value(arguments[0], depth));
        } else if (raw == SortedMap.class) {
            return new TreeMap<>(Map.of(text(), text()));
        } else if (raw == Map.class) {
            Object key = value(arguments[0], depth);
            Object value = value(arguments[1], depth);
            return key == null || value == null ? Map.of() : Map.of(key, value);
        } else if (Collection.class.isAssignableFrom(raw)) {
            Object element = value(arguments[0], depth);
            List<Object> elements = element == null ? List.of() : List.of(element);
            return raw == Set.class ? Set.copyOf(elements) : elements;
        }
        return plain(raw, depth);
    }

    private String text() {
        return secret ? SECRET : "harmless";
    }

    private Object plain(Class<?> type, int depth) {
        if (type == String.class || type == Object.class || type == CharSequence.class) {
            return text();
        } else if (type == byte[].class) {
            return text().getBytes(StandardCharsets.US_ASCII);
        } else if (type == char[].class) {
            return text().toCharArray();
        } else if (type == boolean.class) {
            return true;
        } else if (type == int.class) {
            return 1;
        } else if (type == long.class) {
            return 1L;
        } else if (type == double.class) {
            return 1.0;
        } else if (type == Path.class) {
            return Path.of("/directory/file");
        } else if (type == Instant.class) {
            return Instant.EPOCH;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == FileTime.class) {
            return FileTime.from(Instant.EPOCH);
        } else if (type == Clock.class) {
            return Clock.systemUTC();
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (JsonValue.class.isAssignableFrom(type) && type.isInterface()) {
            return new JsonString(text());
        } else if (type.isInterface()) {
            return type.isSealed() ? sealed(type, depth) : proxy(type);
        } else if (RuntimeException.class.isAssignableFrom(type) && type.getName().startsWith("java.")) {
            return new IllegalStateException(text());
        }
        return type.getName().startsWith("io.quarkiverse.tokenstorage.") ? construct(type, secret, depth).orElse(null) : null;
    }

    private Object sealed(Class<?> type, int depth) {
        return Arrays.stream(type.getPermittedSubclasses()).map(subclass -> construct(subclass, secret, depth))
                .flatMap(Optional::stream).findFirst().orElse(null);
    }

    /** What answers with the secret, but tells nothing of itself: somebody else's text is not what is examined. */
    private Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) -> {
            if (method.getName().equals("toString")) {
                return "proxy";
            } else if (method.getName().equals("hashCode")) {
                return System.identityHashCode(self);
            } else if (method.getName().equals("equals")) {
                return self == arguments[0];
            }
            return value(method.getGenericReturnType(), DEEPEST);
        });
    }
}
