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

import io.quarkiverse.tokenstorage.sops.text.Rfc3339;

/** Moments as tokens carry them: RFC 3339 text, or seconds since 1970; only years that a four-digit year can write. */
final class TokenTime {

    /** No provider issues tokens for longer; a larger number is a mistake such as milliseconds. */
    static final long LONGEST_LIFETIME_SECONDS = 100L * 366 * 24 * 60 * 60;

    private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** RFC 3339 section 5.6 allows lower case and a space before the time, too; here the zone may be missing as well. */
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart().appendOffset("+HH:MM", "Z").optionalEnd()
            .toFormatter();

    private static final int LONGEST_TEXT = 64;

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

    static Optional<Instant> ofEpochSecond(double seconds) {
        return seconds >= 0 && seconds <= LAST_SECOND ? Optional.of(Instant.ofEpochSecond((long) seconds)) : Optional.empty();
    }
}
