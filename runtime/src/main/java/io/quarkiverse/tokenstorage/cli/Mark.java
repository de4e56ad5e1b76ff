package io.quarkiverse.tokenstorage.cli;

import java.nio.charset.Charset;

/** The sign in front of a line that says how something turned out. */
enum Mark {

    SUCCESS('\u2713', "ok", "32"),
    WARNING('!', "!", "33"),
    FAILURE('\u2717', "FAIL", "31"),
    SKIPPED('-', "-", "2");

    private final char sign;
    private final String word;
    private final String colour;

    Mark(char sign, String word, String colour) {
        this.sign = sign;
        this.word = word;
        this.colour = colour;
    }

    /** The sign, or a word where the encoding lacks it. */
    String in(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode(sign) ? String.valueOf(sign) : word;
    }

    /** Wraps {@code text} in the escape sequences (ECMA-48 SGR) of this mark's colour. */
    String coloured(String text) {
        return "\u001b[" + colour + "m" + text + "\u001b[0m";
    }
}
