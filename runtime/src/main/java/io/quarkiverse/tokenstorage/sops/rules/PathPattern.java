package io.quarkiverse.tokenstorage.sops.rules;

import java.util.Optional;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * The {@code path_regex} of a rule: RE2, searched anywhere in the path. It may be invalid: that matters only when a path
 * gets as far as this rule.
 *
 * @param text as it is written
 * @param compiled empty if it is invalid
 * @param fault why it is invalid
 */
record PathPattern(String text, Optional<Pattern> compiled, String fault) {

    /** Patterns are compiled recursively: a longer one could exhaust the stack. */
    private static final int LONGEST = 1000;

    static PathPattern of(String text) {
        if (text.length() > LONGEST) {
            return new PathPattern(text, Optional.empty(), "it is longer than " + LONGEST + " characters");
        }
        try {
            return new PathPattern(text, Optional.of(Pattern.compile(text)), "");
        } catch (PatternSyntaxException e) {
            return new PathPattern(text, Optional.empty(), e.getDescription());
        }
    }

    boolean matches(String path) {
        return compiled.orElseThrow().matcher(path).find();
    }
}
