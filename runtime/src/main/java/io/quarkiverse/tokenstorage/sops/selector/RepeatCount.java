package io.quarkiverse.tokenstorage.sops.selector;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often the counted repetitions of an RE2 expression repeat its most repeated part: 100 for {@code (a{10}){10}}. Go
 * refuses more than 1000; re2j does not, and compiles each copy until the memory is exhausted.
 */
final class RepeatCount {

    static final int MAX = 1000;

    private final String pattern;
    private final Deque<Long> groups = new ArrayDeque<>();
    /** The count of the part just passed, to which a quantifier applies. */
    private long last = 1;
    private long highest = 1;
    private int at;

    private RepeatCount(String pattern) {
        this.pattern = pattern;
    }

    static long of(String pattern) {
        return new RepeatCount(pattern).scan();
    }

    private long scan() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '{' -> quantifier();
                case '(' -> {
                    groups.push(highest);
                    highest = 1;
                    at++;
                }
                case ')' -> {
                    last = highest;
                    highest = Math.max(highest, groups.isEmpty() ? 1 : groups.pop());
                    at++;
                }
                case '*', '+', '?' -> at++;
                default -> atom(1);
            }
        }
        for (long outer : groups) {
            highest = Math.max(highest, outer);
        }
        return highest;
    }

    private void atom(int length) {
        last = 1;
        at += length;
    }

    private void escape() {
        if (pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at + 2);
            last = 1;
            at = end < 0 ? pattern.length() : end + 2;
        } else {
            atom(2);
        }
    }

    private void characterClass() {
        int i = at + 1;
        i += pattern.startsWith("^", i) ? 1 : 0;
        // A bracket that comes first is a member
        i += pattern.startsWith("]", i) ? 1 : 0;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            int named = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i + 2) : -1;
            i = named > 0 ? named + 2 : pattern.charAt(i) == '\\' ? i + 2 : i + 1;
        }
        last = 1;
        at = i + 1;
    }

    private void quantifier() {
        int end = pattern.indexOf('}', at);
        long count = end < 0 ? 0 : highestBound(pattern.substring(at + 1, end));
        if (count > 0) {
            // Saturates: a handful of nested counts would overflow
            last = Math.min(last * count, Integer.MAX_VALUE);
            highest = Math.max(highest, last);
            at = end + 1;
        } else {
            atom(1);
        }
    }

    /** The larger number of {@code n}, {@code n,} or {@code n,m}; 0 if it is none of these. */
    private static long highestBound(String bounds) {
        long highest = 0;
        long number = 0;
        for (int i = 0; i < bounds.length(); i++) {
            char c = bounds.charAt(i);
            if (c == ',') {
                number = 0;
            } else if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + c - '0', Integer.MAX_VALUE);
                highest = Math.max(highest, number);
            } else {
                return 0;
            }
        }
        return highest;
    }
}
