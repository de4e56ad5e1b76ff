package io.quarkiverse.tokenstorage.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Says how far away a moment is, in the largest unit that is not misleading. */
final class RelativeTime {

    private RelativeTime() {
    }

    /** Such as {@code in 59 minutes} or {@code 3 days ago}. */
    static String of(Instant moment, Instant now) {
        Duration distance = Duration.between(now, moment);
        return distance.isNegative() || distance.isZero() ? amount(distance.negated()) + " ago" : "in " + amount(distance);
    }

    private static String amount(Duration distance) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
            if (distance.compareTo(unit.getDuration().multipliedBy(2)) >= 0) {
                return rounded(distance, unit.getDuration()) + " " + unit.toString().toLowerCase(Locale.ROOT);
            }
        }
        long seconds = rounded(distance, Duration.ofSeconds(1));
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }

    private static long rounded(Duration distance, Duration unit) {
        return distance.plus(unit.dividedBy(2)).dividedBy(unit);
    }
}
