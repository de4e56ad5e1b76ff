package io.quarkiverse.tokenstorage.storage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Durations as people write them in Quarkus: {@code 10s}, {@code 500ms}, {@code 2m}, a bare number of seconds, or the form
 * of ISO 8601 ({@code PT1M30S}).
 */
public final class DurationText {

    /** No wait is longer than this; a larger value is a mistake. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|)");
    private static final Map<String, ChronoUnit> UNITS = Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "",
            ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private DurationText() {
    }

    /**
     * @param key the setting, for the message
     * @throws StorageNotConfiguredException if the text is no duration from zero to one day
     */
    public static Duration parse(String key, String text) {
        return parse(key, text, LONGEST);
    }

    /**
     * @param key the setting or option, for the message
     * @param longest in whole days
     * @throws StorageNotConfiguredException if the text is no duration from zero to the longest
     */
    public static Duration parse(String key, String text, Duration longest) {
        Duration duration = read(key, text.strip());
        if (duration.isNegative() || duration.compareTo(longest) > 0) {
            long days = longest.toDays();
            throw new StorageNotConfiguredException(
                    key + ": '" + text + "' is not between 0 and " + days + (days == 1 ? " day" : " days"));
        }
        return duration;
    }

    private static Duration read(String key, String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            return Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new StorageNotConfiguredException(key + ": '" + text
                    + "' is not a duration; write one like 10s, 500ms or PT1M");
        }
    }
}
