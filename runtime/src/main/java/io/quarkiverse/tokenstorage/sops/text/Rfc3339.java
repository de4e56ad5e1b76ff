package io.quarkiverse.tokenstorage.sops.text;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times as Go reads and writes them with its layouts {@code RFC3339} and {@code RFC3339Nano}. By hand, because the formatters
 * of the JDK take short forms that Go refuses, and take long to load.
 */
public final class Rfc3339 {

    /** The last second of the year 9999, which is the last that four digits can write, since 1970. */
    public static final long LAST_SECOND = 253_402_300_799L;

    private static final int SECONDS_END = "2006-01-02T15:04:05".length();
    private static final int NANO_DIGITS = 9;

    private Rfc3339() {
    }

    /** Empty if this is not such a time, or one that does not exist. */
    public static Optional<OffsetDateTime> parse(String text) {
        try {
            return Optional.of(parseStrictly(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime parseStrictly(String text) {
        if (text.length() <= SECONDS_END) {
            throw new DateTimeException("too short");
        }
        require(text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T');
        require(text.charAt(13) == ':' && text.charAt(16) == ':');
        int zone = SECONDS_END;
        int nanos = 0;
        if (text.charAt(zone) == '.') {
            zone++;
            int start = zone;
            while (zone < text.length() && isDigit(text.charAt(zone))) {
                zone++;
            }
            require(zone > start && zone < text.length());
            nanos = fraction(text.substring(start, Math.min(zone, start + NANO_DIGITS)));
        }
        return OffsetDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
                number(text, 14, 16), number(text, 17, SECONDS_END), nanos, offset(text, zone));
    }

    private static ZoneOffset offset(String text, int start) {
        char sign = text.charAt(start);
        if (sign == 'Z') {
            require(text.length() == start + 1);
            return ZoneOffset.UTC;
        }
        require(text.length() == start + 6 && (sign == '+' || sign == '-') && text.charAt(start + 3) == ':');
        int hours = number(text, start + 1, start + 3);
        int minutes = number(text, start + 4, start + 6);
        require(minutes < 60);
        int seconds = (hours * 60 + minutes) * 60;
        return ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds);
    }

    private static int fraction(String digits) {
        int nanos = number(digits, 0, digits.length());
        for (int i = digits.length(); i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            require(isDigit(text.charAt(i)));
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new DateTimeException("not RFC 3339");
        }
    }

    /** To whole seconds: {@code 2026-05-22T20:16:18Z}. */
    public static String formatSeconds(OffsetDateTime time) {
        return dateAndTime(time).append(offset(time)).toString();
    }

    /** With as much of a fraction as there is: {@code 2026-05-22T20:16:18.25Z}. */
    public static String formatNanos(OffsetDateTime time) {
        StringBuilder text = dateAndTime(time);
        if (time.getNano() != 0) {
            text.append('.');
            digits(text, time.getNano(), NANO_DIGITS);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.append(offset(time)).toString();
    }

    private static StringBuilder dateAndTime(OffsetDateTime time) {
        StringBuilder text = new StringBuilder(SECONDS_END + NANO_DIGITS + 7);
        digits(text, time.getYear(), 4).append('-');
        digits(text, time.getMonthValue(), 2).append('-');
        digits(text, time.getDayOfMonth(), 2).append('T');
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        return digits(text, time.getSecond(), 2);
    }

    private static String offset(OffsetDateTime time) {
        // The identifier of an offset is Z or ±hh:mm, as here no offset has seconds
        return time.getOffset().getId();
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        return text.append("0".repeat(width - digits.length())).append(digits);
    }
}
