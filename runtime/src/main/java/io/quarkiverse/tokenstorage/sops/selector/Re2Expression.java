package io.quarkiverse.tokenstorage.sops.selector;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** Compiles the regular expressions of rules and documents, which may come from strangers: what that costs is bounded. */
public final class Re2Expression {

    /** Far beyond any sensible pattern. */
    static final int MAX_LENGTH = 4096;

    private Re2Expression() {
    }

    /** @throws IllegalArgumentException if it is no RE2 expression or unreasonably large; tells why, not what it is */
    public static Pattern compile(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
        }
        if (RepeatCount.of(expression) > RepeatCount.MAX) {
            throw new IllegalArgumentException("its counted repetitions multiply to more than " + RepeatCount.MAX);
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(PrintableText.of(e.getDescription()));
        }
    }
}
