package io.quarkiverse.tokenstorage.sops.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Writes a JSON document the way sops does: Go's escaping, which is safe to embed in HTML, each member and element on a line
 * of its own, one line feed at the end. It writes nothing that {@link JsonReader} would refuse for its size.
 */
public final class JsonWriter {

    /** The indentation that sops uses unless told otherwise. */
    public static final int TAB = -1;

    /** The most spaces that a level is indented by. */
    public static final int MAX_INDENT = 64;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LOOKS_INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final int INITIAL_SIZE = 8192;

    /** The ASCII characters that stand for themselves in a string. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        for (char c = ' '; c < PLAIN.length; c++) {
            PLAIN[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
        }
    }

    private final byte[] indentation;
    private final boolean typed;
    private byte[] buffer = new byte[INITIAL_SIZE];
    private int size;
    private int values;

    private JsonWriter(byte[] indentation, boolean typed) {
        this.indentation = indentation;
        this.typed = typed;
    }

    /**
     * @param indent the spaces of a level, 0 for line breaks only, {@link #TAB} for a tab
     * @throws JsonException if the document is too large, too deep, or of too many values
     */
    public static byte[] write(JsonObject document, int indent) {
        return indentedBy(indent).document(document);
    }

    /**
     * A value by itself, as it would stand in a document: without a line feed at the end.
     *
     * @param indent as in {@link #write}
     * @throws JsonException if it is too large, too deep, or of too many values
     */
    public static byte[] writeValue(JsonValue value, int indent) {
        JsonWriter writer = indentedBy(indent);
        writer.value(value, 0);
        return Arrays.copyOf(writer.buffer, writer.size);
    }

    private static JsonWriter indentedBy(int indent) {
        if (indent < TAB || indent > MAX_INDENT) {
            throw new IllegalArgumentException("The indentation is not between -1 and " + MAX_INDENT + ": " + indent);
        }
        byte[] indentation = new byte[indent == TAB ? 1 : indent];
        Arrays.fill(indentation, (byte) (indent == TAB ? '\t' : ' '));
        return new JsonWriter(indentation, false);
    }

    /**
     * As {@link #write}, for a program that reads it and encrypts: a float keeps its point, so that it is not taken for an
     * integer. But -0.0 becomes an integer, for sops takes its own file for damaged where that stands in clear.
     */
    public static byte[] writeTyped(JsonObject document) {
        return new JsonWriter(new byte[0], true).document(document);
    }

    private byte[] document(JsonObject document) {
        object(document, 1);
        put('\n');
        return Arrays.copyOf(buffer, size);
    }

    private void value(JsonValue value, int depth) {
        if (++values > JsonReader.MAX_VALUES) {
            throw new JsonException("The document has more than " + JsonReader.MAX_VALUES + " values");
        }
        if (value instanceof JsonString string) {
            string(string.value());
        } else if (value instanceof JsonObject object) {
            object(object, depth + 1);
        } else if (value instanceof JsonArray array) {
            array(array, depth + 1);
        } else if (value instanceof JsonInteger integer) {
            ascii(Long.toString(integer.value()));
        } else if (value instanceof JsonFloat number) {
            String text = ShortestDecimal.json(number.value());
            ascii(typed && LOOKS_INTEGER.matcher(text).matches() ? text + ".0" : text);
        } else if (value instanceof JsonBoolean bool) {
            ascii(bool.value() ? "true" : "false");
        } else {
            ascii("null");
        }
    }

    private void object(JsonObject object, int depth) {
        checkDepth(depth);
        put('{');
        boolean first = true;
        for (JsonMember member : object.members()) {
            line(first, depth);
            string(member.name());
            put(':');
            put(' ');
            value(member.value(), depth);
            first = false;
        }
        close(first, depth, '}');
    }

    private void array(JsonArray array, int depth) {
        checkDepth(depth);
        put('[');
        boolean first = true;
        for (JsonValue element : array.elements()) {
            line(first, depth);
            value(element, depth);
            first = false;
        }
        close(first, depth, ']');
    }

    private void line(boolean first, int depth) {
        if (!first) {
            put(',');
        }
        put('\n');
        indent(depth);
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty) {
            put('\n');
            indent(depth - 1);
        }
        put(bracket);
    }

    private void indent(int depth) {
        ensure((long) indentation.length * depth);
        for (int i = 0; i < depth; i++) {
            System.arraycopy(indentation, 0, buffer, size, indentation.length);
            size += indentation.length;
        }
    }

    private void string(String text) {
        put('"');
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 && PLAIN[c]) {
                put(c);
            } else if (c < 0x80) {
                escape(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                fourBytes(Character.toCodePoint(c, text.charAt(i)));
            } else {
                notAscii(Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        put('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> shortEscape(c);
            case '\b' -> shortEscape('b');
            case '\f' -> shortEscape('f');
            case '\n' -> shortEscape('n');
            case '\r' -> shortEscape('r');
            case '\t' -> shortEscape('t');
            default -> unicodeEscape(c);
        }
    }

    private void shortEscape(char c) {
        put('\\');
        put(c);
    }

    private void unicodeEscape(char c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[c >> shift & 0xF]);
        }
    }

    private void notAscii(char c) {
        if (c == '\u2028' || c == '\u2029') {
            unicodeEscape(c);
        } else if (c < 0x800) {
            put((char) (0xC0 | c >> 6));
            put((char) (0x80 | c & 0x3F));
        } else {
            put((char) (0xE0 | c >> 12));
            put((char) (0x80 | c >> 6 & 0x3F));
            put((char) (0x80 | c & 0x3F));
        }
    }

    private void fourBytes(int codePoint) {
        put((char) (0xF0 | codePoint >> 18));
        put((char) (0x80 | codePoint >> 12 & 0x3F));
        put((char) (0x80 | codePoint >> 6 & 0x3F));
        put((char) (0x80 | codePoint & 0x3F));
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char oneByte) {
        if (size == buffer.length) {
            ensure(1);
        }
        buffer[size++] = (byte) oneByte;
    }

    private void ensure(long more) {
        long needed = size + more;
        if (needed > JsonReader.MAX_SIZE) {
            throw new JsonException("The document would be larger than " + JsonReader.MAX_SIZE + " bytes");
        }
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(JsonReader.MAX_SIZE, Math.max(needed, 2L * buffer.length)));
        }
    }

    private void checkDepth(int depth) {
        if (depth > JsonReader.MAX_DEPTH) {
            throw new JsonException("The document is nested deeper than " + JsonReader.MAX_DEPTH + " levels");
        }
    }
}
