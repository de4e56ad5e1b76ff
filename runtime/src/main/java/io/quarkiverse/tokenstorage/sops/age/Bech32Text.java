package io.quarkiverse.tokenstorage.sops.age;

import java.nio.BufferOverflowException;
import java.util.Arrays;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;

/** Bech32 as age uses it: of any length up to our needs, and canonical – the one text that encoding the data gives. */
final class Bech32Text {

    /** Recipients have 62 characters, identities 74. */
    private static final int LONGEST = 128;

    private Bech32Text() {
    }

    /** @throws IllegalArgumentException if it is malformed; the message says nothing of the text */
    static byte[] decode(CharSequence text, String humanReadablePart) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        try {
            Bech32Address address = Bech32.getDecoder().decode(text);
            byte[] data = address.getData();
            if (!humanReadablePart.contentEquals(address.getHumanReadablePart())
                    || CharSequence.compare(Bech32.getEncoder().encode(humanReadablePart, data), text) != 0) {
                Arrays.fill(data, (byte) 0);
                throw new IllegalArgumentException("not canonical");
            }
            return data;
        } catch (IllegalArgumentException | BufferOverflowException e) {
            // Not the cause: its message quotes characters of the text
            throw new IllegalArgumentException("a character is wrong, missing or too many");
        }
    }

    static String encode(String humanReadablePart, byte[] data) {
        return Bech32.getEncoder().encode(humanReadablePart, data).toString();
    }
}
