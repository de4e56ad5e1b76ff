package io.quarkiverse.tokenstorage.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * What one check found. Holds no secret.
 *
 * @param check the name of the check, the same on every machine
 * @param status how it turned out
 * @param detail what was found, in one line
 * @param fix what to do about it, a command where there is one; always present for {@link Status#FAIL}
 * @param configuration whether something that must be configured is missing or wrong, as opposed to broken
 */
public record Finding(String check, Status status, String detail, Optional<String> fix, boolean configuration) {

    /** How a check turned out. */
    public enum Status {

        OK,
        /** Tokens can be stored and read, yet something is not as it should be. */
        WARN,
        /** Tokens cannot be stored, cannot be read, or are not safe. */
        FAIL,
        /** The check does not apply here, or needs something that another check has found missing. */
        SKIPPED
    }

    public Finding {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(fix, "fix");
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Status.OK, detail, Optional.empty(), false);
    }

    static Finding warn(String check, String detail, String fix) {
        return new Finding(check, Status.WARN, detail, Optional.of(fix), false);
    }

    static Finding fail(String check, String detail, String fix) {
        return new Finding(check, Status.FAIL, detail, Optional.of(fix), false);
    }

    static Finding notConfigured(String check, String detail, String fix) {
        return new Finding(check, Status.FAIL, detail, Optional.of(fix), true);
    }

    static Finding skipped(String check, String reason) {
        return new Finding(check, Status.SKIPPED, reason, Optional.empty(), false);
    }
}
