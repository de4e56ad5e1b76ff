package io.quarkiverse.tokenstorage.storage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.sops.text.Rfc3339;

/**
 * Moments as tokens carry them: RFC 3339 text, or seconds or milliseconds since 1970; only years that a four-digit year can
 * write.
 */
final class TokenTime {

    /** No provider issues tokens for longer; a larger number is a mistake such as milliseconds. */
    static final long LONGEST_LIFETIME_SECONDS = 100L * 366 * 24 * 60 * 60;

    /** RFC 3339 section 5.6 allows lower case and a space before the time, too; here the zone may be missing as well. */
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart().appendOffset("+HH:MM", "Z").optionalEnd()
            .toFormatter();

    private static final int LONGEST_TEXT = 64;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private TokenTime() {
    }

    static Optional<Instant> parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        Optional<OffsetDateTime> usual = Rfc3339.parse(text);
        return usual.isPresent() ? ofEpochSecond(usual.get().toEpochSecond()) : parseUnusual(text);
    }

    private static Optional<Instant> parseUnusual(String text) {
        try {
            TemporalAccessor parsed = LENIENT.parseBest(text.trim().replaceFirst("(?<=^.{10}) ", "T"), Instant::from,
                    LocalDateTime::from);
            Instant moment = parsed instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) parsed;
            return ofEpochSecond(moment.getEpochSecond());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a number that {@link Long#parseLong} takes, such as providers write for numbers of seconds. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Seconds since 1970; what would be after the year 9999, some providers mean as milliseconds. */
    static Optional<Instant> ofEpoch(double number) {
        return ofEpochSecond(number > Rfc3339.LAST_SECOND ? Math.floor(number / 1000) : number);
    }

    private static Optional<Instant> ofEpochSecond(double seconds) {
        return seconds >= 0 && seconds <= Rfc3339.LAST_SECOND ? Optional.of(Instant.ofEpochSecond((long) seconds))
                : Optional.empty();
    }
}
