package io.quarkiverse.tokenstorage.sops.age;

import java.util.Arrays;
import java.util.Locale;

/**
 * Bech32 (BIP 173) as age uses it: without its limit of 90 characters, for a post-quantum recipient has 1959, and canonical –
 * the one text that encoding the data gives. Works on arrays that it zeroes, for the data may be a secret key.
 */
final class Bech32Text {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
    private static final int CHECKSUM_LENGTH = 6;
    private static final int LONGEST = 2048;

    private Bech32Text() {
    }

    /**
     * @param humanReadablePart in the case in which the text has to be
     * @throws IllegalArgumentException if it is malformed; the message says nothing of the text
     */
    static byte[] decode(CharSequence text, String humanReadablePart) {
        int start = humanReadablePart.length() + 1;
        int length = text.length() - start - CHECKSUM_LENGTH;
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        if (length < 0 || text.charAt(start - 1) != '1'
                || CharSequence.compare(text.subSequence(0, start - 1), humanReadablePart) != 0) {
            throw malformed();
        }
        byte[] values = values(text, start, isUpperCase(humanReadablePart));
        try {
            if (polymod(humanReadablePart, values) != 1) {
                throw malformed();
            }
            return eightBits(values, length);
        } finally {
            Arrays.fill(values, (byte) 0);
        }
    }

    /** @param humanReadablePart in the case in which the text is to be */
    static String encode(String humanReadablePart, byte[] data) {
        int length = (data.length * 8 + 4) / 5;
        byte[] values = new byte[length + CHECKSUM_LENGTH];
        fiveBits(data, values);
        int checksum = polymod(humanReadablePart, values) ^ 1;
        StringBuilder text = new StringBuilder(humanReadablePart).append('1');
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            values[length + i] = (byte) (checksum >>> 5 * (CHECKSUM_LENGTH - 1 - i) & 31);
        }
        String alphabet = isUpperCase(humanReadablePart) ? ALPHABET.toUpperCase(Locale.ROOT) : ALPHABET;
        for (byte value : values) {
            text.append(alphabet.charAt(value));
        }
        Arrays.fill(values, (byte) 0);
        return text.toString();
    }

    private static byte[] values(CharSequence text, int start, boolean upperCase) {
        byte[] values = new byte[text.length() - start];
        for (int i = 0; i < values.length; i++) {
            char character = text.charAt(start + i);
            boolean fits = character < 0x80
                    && (upperCase ? !Character.isLowerCase(character) : !Character.isUpperCase(character));
            int value = fits ? ALPHABET.indexOf(Character.toLowerCase(character)) : -1;
            if (value < 0) {
                Arrays.fill(values, (byte) 0);
                throw malformed();
            }
            values[i] = (byte) value;
        }
        return values;
    }

    private static byte[] eightBits(byte[] values, int count) {
        byte[] data = new byte[count * 5 / 8];
        int position = 0;
        int accumulator = 0;
        int bits = 0;
        for (int i = 0; i < count; i++) {
            accumulator = accumulator << 5 | values[i];
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                data[position++] = (byte) (accumulator >>> bits);
            }
            accumulator &= (1 << bits) - 1;
        }
        if (bits >= 5 || accumulator != 0) {
            Arrays.fill(data, (byte) 0);
            throw malformed();
        }
        return data;
    }

    private static void fiveBits(byte[] data, byte[] values) {
        int position = 0;
        int accumulator = 0;
        int bits = 0;
        for (byte octet : data) {
            accumulator = accumulator << 8 | octet & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                values[position++] = (byte) (accumulator >>> bits & 31);
            }
            accumulator &= (1 << bits) - 1;
        }
        if (bits > 0) {
            values[position] = (byte) (accumulator << 5 - bits & 31);
        }
    }

    /** The remainder of the human-readable part, which is taken in lower case, and the values. */
    private static int polymod(String humanReadablePart, byte[] values) {
        String part = humanReadablePart.toLowerCase(Locale.ROOT);
        int remainder = 1;
        for (int i = 0; i < part.length(); i++) {
            remainder = step(remainder, part.charAt(i) >>> 5);
        }
        remainder = step(remainder, 0);
        for (int i = 0; i < part.length(); i++) {
            remainder = step(remainder, part.charAt(i) & 31);
        }
        for (byte value : values) {
            remainder = step(remainder, value);
        }
        return remainder;
    }

    private static int step(int remainder, int value) {
        int top = remainder >>> 25;
        int next = (remainder & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= (top >>> i & 1) == 0 ? 0 : GENERATOR[i];
        }
        return next;
    }

    private static boolean isUpperCase(String humanReadablePart) {
        return Character.isUpperCase(humanReadablePart.charAt(0));
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("a character is wrong, missing or too many");
    }
}
