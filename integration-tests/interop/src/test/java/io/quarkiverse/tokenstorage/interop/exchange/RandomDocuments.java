package io.quarkiverse.tokenstorage.interop.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Random JSON objects as bytes, as a careless program might write them: any spacing, duplicate names, escapes where none are
 * needed, lone surrogates, invalid UTF-8, numbers in every form that JSON knows. The same seed makes the same documents. Left
 * out is {@code -0.0}, which sops 3.13.2 in clear cannot read back itself.
 */
public final class RandomDocuments {

    private static final int MAX_DEPTH = 5;
    private static final List<String> NAMES = List.of("a", "b", "token", "data", "a:b", "", "x_unencrypted", "secret_x",
            "sops", "Ünï", "\\u0061", "\\ud83d\\ude00", "😀", "<&>", "quo\\\"te", "new\\nline", "enc_key", "ENC[", ".", "mac");
    private static final List<String> STRINGS = List.of("", " ", "plain", "ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]", "ENC[",
            "true", "1", "null", "<script>&amp;'", "\\u2028\\u2029", "\u2028\u2029", "\\u0000", "\\u001f\\u007f", "\u007f",
            "\\b\\f\\n\\r\\t\\/\\\\\\\"", "/", "\\ud800", "\\udc00 x", "\\ud800\\ud800", "\\ud83d\\ude00", "😀", "e\u0301",
            "\uFEFF",
            "\uFFFD", "\\ufffe", "line one\\nline two",
            "0123456789012345678901234567890123456789012345678901234567890123456789");
    private static final List<String> NUMBERS = List.of("0", "-0", "1", "-1", "0.0", "1.0", "1.50", "1e3", "1E+3",
            "1e-7",
            "1e21", "1e20", "123456789012345678901234567890", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808", "-9223372036854775809", "18446744073709551615", "2e23", "1234567890123456789.0", "0.1",
            "3.14",
            "4.9e-324", "2.2250738585072014e-308", "2.225073858507201e-308", "1.7976931348623157e308", "5e-324", "1e-400",
            "0e999",
            "9007199254740993", "9007199254740993.0", "0.000001", "0.0000009999", "999999999999999999999.0",
            "100000000000000000000e1",
            "8.41e21", "2.0e-3", "5.0e-324", "1.0e23", "9.5e-3", "4.35", "0.3", "2.2e-322");

    private final Random random;

    public RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    /** One object whose members {@code d0}, {@code d1}, … are independent random objects. */
    public byte[] batch(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('{');
        for (int i = 0; i < count; i++) {
            text(out, (i == 0 ? "" : ",") + "\"d" + i + "\":");
            object(out, 1);
        }
        text(out, "}");
        return out.toByteArray();
    }

    private void object(ByteArrayOutputStream out, int depth) {
        out.write('{');
        space(out);
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.write(',');
                space(out);
            }
            out.write('"');
            text(out, NAMES.get(random.nextInt(NAMES.size())));
            out.write('"');
            space(out);
            out.write(':');
            space(out);
            value(out, depth);
            space(out);
        }
        out.write('}');
    }

    private void array(ByteArrayOutputStream out, int depth) {
        out.write('[');
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.write(',');
            }
            space(out);
            value(out, depth);
        }
        space(out);
        out.write(']');
    }

    private void value(ByteArrayOutputStream out, int depth) {
        int kind = random.nextInt(depth < MAX_DEPTH ? 12 : 9);
        switch (kind) {
            case 0 -> text(out, "null");
            case 1 -> text(out, "true");
            case 2 -> text(out, "false");
            case 3 -> text(out, NUMBERS.get(random.nextInt(NUMBERS.size())));
            case 4 -> text(out, randomNumber());
            case 5, 6 -> quoted(out, () -> text(out, STRINGS.get(random.nextInt(STRINGS.size()))));
            case 7, 8 -> quoted(out, () -> randomString(out));
            case 9 -> array(out, depth + 1);
            default -> object(out, depth + 1);
        }
    }

    private String randomNumber() {
        return switch (random.nextInt(4)) {
            case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 1 -> finite(Double.longBitsToDouble(random.nextLong()));
            case 2 -> Long.toString(random.nextLong() >>> 1) + "." + random.nextInt(1000);
            default -> random.nextInt(1000) + "." + random.nextInt(100) + "e" + (random.nextInt(600) - 300);
        };
    }

    private static String finite(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "0.5";
    }

    private void randomString(ByteArrayOutputStream out) {
        int length = random.nextInt(20) == 0 ? 5000 : random.nextInt(40);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(12)) {
                case 0 -> text(out, String.format("\\u%04x", random.nextInt(0x10000)));
                case 1 -> text(out, String.format("\\u%04X", 0xd7f0 + random.nextInt(0x820)));
                case 2 -> text(out, Character.toString(0x80 + random.nextInt(0x700)));
                case 3 -> text(out, Character.toString(0x10000 + random.nextInt(0x100000)));
                case 4 -> out.write(0x80 + random.nextInt(0x80));
                default -> {
                    int character = 0x20 + random.nextInt(0x60);
                    out.write(character == '"' || character == '\\' ? 'x' : character);
                }
            }
        }
    }

    private static void quoted(ByteArrayOutputStream out, Runnable content) {
        out.write('"');
        content.run();
        out.write('"');
    }

    private void space(ByteArrayOutputStream out) {
        if (random.nextInt(4) == 0) {
            text(out, " \t\r\n".substring(random.nextInt(4)));
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
