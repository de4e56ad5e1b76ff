package io.quarkiverse.tokenstorage.sops.selector;

import java.util.List;
import java.util.function.Predicate;

import com.google.re2j.Pattern;

/**
 * A selector ready to be asked, one member name at a time: all depends on whether any name on the path matches
 * ({@code shouldBeEncrypted} in {@code sops.go}). Where sops takes an invalid pattern for one that matches nothing, and
 * leaves everything in clear text, this refuses it.
 */
public final class CompiledSelector implements ValueSelection {

    private final Predicate<String> name;
    private final boolean selectsMatching;

    private CompiledSelector(Predicate<String> name, boolean selectsMatching) {
        this.name = name;
        this.selectsMatching = selectsMatching;
    }

    /** @throws InvalidSelectorException if the pattern is no RE2 expression or unreasonably large */
    public static CompiledSelector compile(Selector selector) throws InvalidSelectorException {
        String pattern = selector.pattern();
        return switch (selector.kind()) {
            case UNENCRYPTED_SUFFIX -> new CompiledSelector(name -> name.endsWith(pattern), false);
            case ENCRYPTED_SUFFIX -> new CompiledSelector(name -> name.endsWith(pattern), true);
            case UNENCRYPTED_REGEX -> new CompiledSelector(expression(selector), false);
            case ENCRYPTED_REGEX -> new CompiledSelector(expression(selector), true);
            case UNENCRYPTED_COMMENT_REGEX, ENCRYPTED_COMMENT_REGEX -> {
                // JSON has no comments, so no value ever has one that matches
                expression(selector);
                yield new CompiledSelector(name -> false, selector.kind() == Selector.Kind.ENCRYPTED_COMMENT_REGEX);
            }
        };
    }

    private static Predicate<String> expression(Selector selector) throws InvalidSelectorException {
        try {
            Pattern compiled = Re2Expression.compile(selector.pattern());
            return name -> compiled.matcher(name).find();
        } catch (IllegalArgumentException e) {
            throw new InvalidSelectorException(selector, e.getMessage());
        }
    }

    public boolean matches(String memberName) {
        return name.test(memberName);
    }

    /** @param anyNameMatches whether a member name on the path to the leaf {@linkplain #matches matches} */
    public boolean selects(boolean anyNameMatches) {
        return anyNameMatches == selectsMatching;
    }

    @Override
    public boolean selects(List<String> path) {
        boolean anyNameMatches = false;
        for (String member : path) {
            anyNameMatches |= matches(member);
        }
        return selects(anyNameMatches);
    }
}
