package io.quarkiverse.tokenstorage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes unmodifiable deep copies of metadata and refuses what JSON, or the stored form, cannot hold without loss. */
final class TokenMetadata {

    /** RFC 8259 leaves the depth to implementations; token responses stay far below this. */
    private static final int MAX_DEPTH = 64;

    private static final List<String> OWN_MEMBERS = List.of("access_token", "token_type", "expires_at", "refresh_token",
            "scope", "id_token", "issued_at");

    /** As many digits identify any 64-bit floating-point number. */
    private static final int MAX_DOUBLE_DIGITS = 17;

    private TokenMetadata() {
    }

    static Map<String, Object> copyOf(Map<?, ?> metadata) {
        Map<String, Object> copy = copyOfMap(metadata, 1);
        for (String name : OWN_MEMBERS) {
            if (copy.containsKey(name)) {
                throw new IllegalArgumentException("Metadata member '" + name + "' is a member of the token itself");
            }
        }
        return copy;
    }

    private static Map<String, Object> copyOfMap(Map<?, ?> map, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("Metadata is nested deeper than " + MAX_DEPTH + " levels");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("Metadata has a member whose name is not a string");
            }
            copy.put(WellFormedText.require(text, "The name of a metadata member"), copyOfValue(value, text, depth));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyOfValue(Object value, String member, int depth) {
        if (value instanceof String text) {
            return WellFormedText.requireMember(text, member);
        }
        if (value == null || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return copyOfMap(map, depth + 1);
        }
        if (value instanceof List<?> list) {
            if (depth >= MAX_DEPTH) {
                throw new IllegalArgumentException("Metadata is nested deeper than " + MAX_DEPTH + " levels");
            }
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOfValue(element, member, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger integer) {
            return exactly(new BigDecimal(integer), member);
        }
        if (value instanceof BigDecimal decimal) {
            return exactly(decimal, member);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = value instanceof Float ? Double.parseDouble(value.toString()) : (Double) value;
            if (Double.isFinite(number)) {
                return canonical(number);
            }
            throw new IllegalArgumentException("Metadata member '" + member + "' is not a finite number");
        }
        throw new IllegalArgumentException(
                "Metadata member '" + member + "' is a " + value.getClass().getName() + ", which has no JSON form");
    }

    /** A whole number is a {@code Long} however it was written: JSON does not tell {@code 1.0} from {@code 1}. */
    private static Object canonical(double number) {
        long whole = (long) number;
        return whole == number && whole != Long.MAX_VALUE ? (Object) whole : (Object) number;
    }

    /** Stored numbers are 64-bit integers or 64-bit floating point (see the SOPS format); others would change silently. */
    private static Object exactly(BigDecimal number, String member) {
        if (number.precision() - number.scale() <= 20) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                // has a fraction, or is just beyond 64 bits: floating point may hold it
            }
        }
        double nearest = number.doubleValue();
        if (Double.isFinite(nearest) && isShortestForm(number, nearest)) {
            return canonical(nearest);
        }
        throw new IllegalArgumentException("Metadata member '" + member
                + "' is a number that a 64-bit integer or floating-point number cannot hold; send it as a string");
    }

    /** Whether {@code nearest}, written with as few digits as identify it, is {@code number} again. */
    private static boolean isShortestForm(BigDecimal number, double nearest) {
        if (nearest == 0) {
            return number.signum() == 0;
        }
        BigDecimal exact = new BigDecimal(nearest);
        for (int digits = 1; digits <= MAX_DOUBLE_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == nearest) {
                return rounded.compareTo(number) == 0;
            }
        }
        return false;
    }
}
