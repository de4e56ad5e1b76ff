package io.quarkiverse.tokenstorage.sops.value;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.json.JsonBoolean;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.ShortestDecimal;
import io.quarkiverse.tokenstorage.sops.json.Utf8;
import io.quarkiverse.tokenstorage.sops.text.Rfc3339;

/**
 * Scalars as the bytes that are encrypted and authenticated, and back ({@code ToBytes} in {@code sops.go}, {@code Decrypt} in
 * {@code aes/cipher.go}).
 */
public final class ScalarText {

    private static final byte[] NOTHING = {};

    private ScalarText() {
    }

    /** The plaintext of a scalar; nothing for null. */
    public static byte[] bytes(JsonScalar scalar) {
        if (scalar instanceof JsonString string) {
            return Utf8.encode(string.value());
        } else if (scalar instanceof JsonInteger integer) {
            return ascii(Long.toString(integer.value()));
        } else if (scalar instanceof JsonFloat number) {
            return ascii(ShortestDecimal.positional(number.value()));
        } else if (scalar instanceof JsonBoolean bool) {
            return ascii(bool.value() ? "True" : "False");
        }
        return NOTHING;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The type of a scalar other than null. */
    public static ValueType type(JsonScalar scalar) {
        if (scalar instanceof JsonString) {
            return ValueType.STR;
        } else if (scalar instanceof JsonInteger) {
            return ValueType.INT;
        } else if (scalar instanceof JsonFloat) {
            return ValueType.FLOAT;
        } else if (scalar instanceof JsonBoolean) {
            return ValueType.BOOL;
        }
        throw new IllegalArgumentException("Null has no type and is never encrypted");
    }

    /** The scalar that a decrypted text stands for; empty if it is not of this type. */
    public static Optional<JsonScalar> read(ValueType type, byte[] plaintext) {
        String text = Utf8.decode(plaintext);
        return switch (type) {
            // Some files of the first writers say "bytes" for text; sops itself breaks off at them
            case STR, BYTES -> Optional.of(new JsonString(text));
            case INT -> integer(text);
            case FLOAT -> decimal(text);
            case BOOL -> bool(text);
            case TIME -> Rfc3339.parse(text).map(time -> new JsonString(Rfc3339.formatNanos(time)));
            case COMMENT -> Optional.empty();
        };
    }

    private static Optional<JsonScalar> integer(String text) {
        int digits = signLength(text);
        if (digits == text.length() || !isDigits(text, digits, text.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonInteger(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Checks the grammar before Java parses, which would also take blanks, suffixes and names. */
    private static Optional<JsonScalar> decimal(String text) {
        int start = signLength(text);
        int end = indexOf('e', text);
        int exponent = end < text.length() ? end + 1 + signLength(text.substring(end + 1)) : -1;
        int point = text.indexOf('.');
        int whole = point >= 0 && point < end ? point : end;
        int fraction = Math.min(whole + 1, end);
        boolean wellFormed = isDigits(text, start, whole) && isDigits(text, fraction, end)
                && (whole - start) + (end - fraction) > 0
                && (exponent < 0 || exponent < text.length() && isDigits(text, exponent, text.length()));
        if (!wellFormed) {
            return Optional.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(new JsonFloat(value));
    }

    private static int indexOf(char exponentMark, String text) {
        int index = Math.max(text.indexOf(exponentMark), text.indexOf(Character.toUpperCase(exponentMark)));
        return index < 0 ? text.length() : index;
    }

    private static int signLength(String text) {
        return text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from <= to;
    }

    private static Optional<JsonScalar> bool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(new JsonBoolean(true));
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(new JsonBoolean(false));
            default -> Optional.empty();
        };
    }
}
