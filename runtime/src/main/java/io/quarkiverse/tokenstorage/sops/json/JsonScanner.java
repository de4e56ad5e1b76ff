package io.quarkiverse.tokenstorage.sops.json;

import java.nio.charset.StandardCharsets;

/** The tokens of a JSON text (RFC 8259), taken one after the other. Not thread-safe. */
final class JsonScanner {

    private final byte[] json;
    private final String location;
    private int at;

    JsonScanner(byte[] json, String location) {
        this.json = json;
        this.location = location;
    }

    boolean atEnd() {
        return at == json.length;
    }

    /** Of UTF-8 or UTF-16, as editors and shells on Windows write it. RFC 8259 forbids it, and sops refuses it. */
    boolean startsWithByteOrderMark() {
        int first = json.length < 2 ? 0 : (json[0] & 0xFF) << 8 | json[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE || first == 0xEFBB && json.length > 2 && (json[2] & 0xFF) == 0xBF;
    }

    /** The byte to be read next, as an unsigned number. */
    int next() {
        if (at == json.length) {
            throw invalid();
        }
        return json[at] & 0xFF;
    }

    void expect(char c) {
        if (next() != c) {
            throw invalid();
        }
        at++;
    }

    /** Whether {@code c} was there, and was passed. */
    boolean accept(char c) {
        if (next() != c) {
            return false;
        }
        at++;
        return true;
    }

    void skipWhiteSpace() {
        byte[] bytes = json;
        int end = at;
        while (end < bytes.length
                && (bytes[end] == ' ' || bytes[end] == '\n' || bytes[end] == '\t' || bytes[end] == '\r')) {
            end++;
        }
        at = end;
    }

    void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            expect(text.charAt(i));
        }
    }

    /** The text of a number. */
    String number() {
        int start = at;
        accept('-');
        if (!accept('0')) {
            digits();
        }
        if (at < json.length && accept('.')) {
            digits();
        }
        if (at < json.length && (accept('e') || accept('E'))) {
            if (!accept('+')) {
                accept('-');
            }
            digits();
        }
        return new String(json, start, at - start, StandardCharsets.ISO_8859_1);
    }

    private void digits() {
        if (next() < '0' || next() > '9') {
            throw invalid();
        }
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
    }

    /** The content of a string. */
    String string() {
        expect('"');
        int start = at;
        at = plainEnd(start);
        if (next() != '"') {
            return remainingString(start);
        }
        return new String(json, start, at++ - start, StandardCharsets.ISO_8859_1);
    }

    /** The place of the first byte that does not simply stand for itself, or the end. */
    private int plainEnd(int start) {
        byte[] bytes = json;
        int end = start;
        // Negative are the bytes beyond ASCII
        while (end < bytes.length && bytes[end] >= ' ' && bytes[end] != '"' && bytes[end] != '\\') {
            end++;
        }
        return end;
    }

    /** The place of the next quotation mark, which may be an escaped one, or the end. */
    private int nextQuote() {
        int quote = at;
        while (quote < json.length && json[quote] != '"') {
            quote++;
        }
        return quote;
    }

    /** As {@link #string}, once it turned out not to be plain ASCII throughout. */
    private String remainingString(int start) {
        StringBuilder text = new StringBuilder(nextQuote() - start);
        int copied = start;
        while (true) {
            for (int i = copied; i < at; i++) {
                text.append((char) json[i]);
            }
            int c = next();
            if (c == '"') {
                at++;
                return Utf8.wellFormed(text.toString());
            } else if (c == '\\') {
                at++;
                text.append(escape());
            } else if (c >= 0x80) {
                at += Utf8.append(json, at, text);
            } else {
                throw invalid();
            }
            copied = at;
            at = plainEnd(at);
        }
    }

    private char escape() {
        char escaped = switch (next()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> 'u';
            default -> throw invalid();
        };
        at++;
        return escaped == 'u' ? unicodeEscape() : escaped;
    }

    private char unicodeEscape() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw invalid();
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    JsonException invalid() {
        return error(at == json.length ? "the JSON ends too early," : "not valid JSON");
    }

    /** @param what goes on with "at line …" */
    JsonException error(String what) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            boolean continuesCharacter = (json[i] & 0xC0) == 0x80;
            line += json[i] == '\n' ? 1 : 0;
            column = json[i] == '\n' ? 1 : continuesCharacter ? column : column + 1;
        }
        return new JsonException(location + ": " + what + " at line " + line + ", column " + column);
    }
}
