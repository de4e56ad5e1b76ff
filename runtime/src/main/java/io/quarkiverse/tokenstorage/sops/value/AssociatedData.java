package io.quarkiverse.tokenstorage.sops.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.Utf8;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/**
 * What binds a value to its place: the member names from the root, each followed by a colon; array positions do not count.
 * Grows and shrinks with the walk. Not thread-safe.
 */
public final class AssociatedData {

    /** It is processed for each value, so that a long one is paid for many times. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final byte[] COLON = { ':' };

    private byte[] bytes = new byte[128];
    private int length;

    public static AssociatedData of(String text) {
        AssociatedData data = new AssociatedData();
        data.append(text.getBytes(StandardCharsets.US_ASCII));
        return data;
    }

    /** @return what to give to {@link #leave} */
    public int enter(String name) {
        int before = length;
        append(Utf8.encode(name));
        append(COLON);
        return before;
    }

    public void leave(int before) {
        length = before;
    }

    private void append(byte[] more) {
        int needed = length + more.length;
        if (needed > MAX_LENGTH) {
            throw new JsonException(
                    "The member names on the path to a value are longer than " + MAX_LENGTH + " bytes together");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length = needed;
    }

    /** The array that holds them, {@link #length()} of its bytes. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** The path, for messages. */
    public String describe() {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return PrintableText.of(text.endsWith(":") ? text.substring(0, text.length() - 1) : text);
    }
}
