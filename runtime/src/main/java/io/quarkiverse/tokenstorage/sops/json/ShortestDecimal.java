package io.quarkiverse.tokenstorage.sops.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal that reads back as the same double and, among those, the closest to it: what Go's
 * {@code strconv.FormatFloat(x, …, -1, 64)} prints. {@link Double#toString(double)} is not it: before JDK 19 it may print too
 * many digits, and since then two digits where one would do ({@code 4.9E-324}).
 */
public final class ShortestDecimal {

    private static final int SUFFICIENT_DIGITS = 17;
    private static final double EXACT_INTEGERS = 0x1p53;

    private ShortestDecimal() {
    }

    /**
     * Without an exponent, {@code 1e21} as {@code 1000000000000000000000}: the form that is encrypted and authenticated.
     *
     * @param value finite
     */
    public static String positional(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        return sign(value) + shortest(Math.abs(value)).toPlainString();
    }

    /**
     * As Go's {@code encoding/json} writes it: with an exponent if the number is below 1e-6 or not below 1e21.
     *
     * @param value finite
     */
    public static String json(double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0 || magnitude >= 1e-6 && magnitude < 1e21) {
            return positional(value);
        }
        BigDecimal decimal = shortest(magnitude);
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        return sign(value) + digits.charAt(0) + (digits.length() == 1 ? "" : "." + digits.substring(1))
                + (exponent < 0 ? "e" : "e+") + exponent;
    }

    /** Whether {@code value}, which was read from {@code literal}, would be written as the same number again. */
    static boolean isExact(String literal, double value) {
        try {
            return new BigDecimal(literal).compareTo(new BigDecimal(positional(value))) == 0;
        } catch (NumberFormatException e) {
            // An exponent beyond those of BigDecimal, far below the smallest float
            return false;
        }
    }

    private static String sign(double value) {
        return value < 0 ? "-" : "";
    }

    private static BigDecimal shortest(double magnitude) {
        BigDecimal exact = new BigDecimal(magnitude);
        BigDecimal best = new BigDecimal(Double.toString(magnitude)).stripTrailingZeros();
        // A decimal of n digits is one of n + 1 digits too, so the first length without a candidate ends the search
        for (int digits = Math.min(SUFFICIENT_DIGITS, best.precision()); digits > 0; digits--) {
            BigDecimal candidate = closest(exact, digits, magnitude);
            if (candidate == null) {
                break;
            }
            best = candidate;
        }
        return best.stripTrailingZeros();
    }

    /**
     * The decimal of so many digits that is closest to {@code exact} and reads back as {@code magnitude}, or null. Both
     * neighbours are tried: below a power of two doubles are denser, so the closer neighbour may read back as another double
     * while the farther one does not.
     */
    private static BigDecimal closest(BigDecimal exact, int digits, double magnitude) {
        BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
        BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
        boolean belowFits = below.doubleValue() == magnitude;
        boolean aboveFits = above.doubleValue() == magnitude;
        if (belowFits && aboveFits) {
            int comparison = exact.subtract(below).compareTo(above.subtract(exact));
            boolean belowIsEven = !below.unscaledValue().testBit(0);
            return comparison < 0 || comparison == 0 && belowIsEven ? below : above;
        }
        return belowFits ? below : aboveFits ? above : null;
    }
}
