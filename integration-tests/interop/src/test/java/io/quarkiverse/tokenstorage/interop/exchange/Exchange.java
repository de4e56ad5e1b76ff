package io.quarkiverse.tokenstorage.interop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/**
 * Encrypts one document with sops and with this library under the same rules, and has each read what the other wrote. Both
 * check the message authentication code when they read, so a reading that succeeds is also an agreement on the code.
 */
public final class Exchange {

    private Exchange() {
    }

    /** @return the plain document as both print it */
    public static byte[] bothWays(Sandbox box, byte[] plain, String name) {
        byte[] theirs = box.sopsEncrypt(plain, name);
        byte[] printed = box.sopsDecrypt(theirs);
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(plain, name);
            assertSame(Layout.of(document), Layout.of(theirs), "layout of the encrypted document");
            assertSame(text(box.sopsDecrypt(document)), text(printed), "what sops reads of ours");
            assertSame(text(ours.decrypt(theirs)), text(printed), "what we read of theirs");
            assertSame(text(ours.decrypt(document)), text(printed), "what we read of ours");
        }
        return printed;
    }

    public static void assertSame(byte[] actual, byte[] expected, String what) {
        assertSame(text(actual), text(expected), what);
    }

    /** Compares to the byte, but shows only the first line that differs: the documents are long. */
    private static void assertSame(String actual, String expected, String what) {
        if (!actual.equals(expected)) {
            String[] actualLines = actual.split("\n", -1);
            String[] expectedLines = expected.split("\n", -1);
            for (int i = 0; i < Math.min(actualLines.length, expectedLines.length); i++) {
                assertThat(actualLines[i]).as("%s, line %d", what, i + 1).isEqualTo(expectedLines[i]);
            }
            assertThat(actualLines).as("%s, lines", what).hasSameSizeAs(expectedLines);
        }
    }

    private static String text(byte[] bytes) {
        // One character for each byte: a difference that is no valid UTF-8 must not vanish in decoding
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
