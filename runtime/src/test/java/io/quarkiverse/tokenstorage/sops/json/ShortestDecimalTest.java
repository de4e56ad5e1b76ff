package io.quarkiverse.tokenstorage.sops.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {

    /** The expectations are what sops 3.13.2 writes for these. */
    @ParameterizedTest
    @CsvSource({
            "0.0, 0, 0",
            "-0.0, -0, -0",
            "1.0, 1, 1",
            "1e3, 1000, 1000",
            "-1.50, -1.5, -1.5",
            "0.1, 0.1, 0.1",
            "1e-6, 0.000001, 0.000001",
            "1e-7, 0.0000001, 1e-7",
            "9.999999e-7, 0.0000009999999, 9.999999e-7",
            "1.25e-10, 0.000000000125, 1.25e-10",
            "1e20, 100000000000000000000, 100000000000000000000",
            "1e21, 1000000000000000000000, 1e+21",
            "-1.5e21, -1500000000000000000000, -1.5e+21",
            "2e23, 200000000000000000000000, 2e+23",
            "1e23, 100000000000000000000000, 1e+23",
            "18446744073709551615, 18446744073709552000, 18446744073709552000",
            "1234567890123456789, 1234567890123456800, 1234567890123456800",
            "9007199254740991, 9007199254740991, 9007199254740991",
            "9007199254740993, 9007199254740992, 9007199254740992",
            "5.684341886080801e-14, 0.00000000000005684341886080801, 5.684341886080801e-14",
            "9.5367431640625e-7, 0.00000095367431640625, 9.5367431640625e-7",
            "2.2250738585072011e-308, '', 2.225073858507201e-308",
            "2.2250738585072014e-308, '', 2.2250738585072014e-308",
            "4.9e-324, '', 5e-324",
            "1e-323, '', 1e-323",
            "1.7976931348623157e308, '', 1.7976931348623157e+308",
            "0.3, 0.3, 0.3",
            "2.0000000000000004, 2.0000000000000004, 2.0000000000000004",
            "1.1125369292536007e-308, '', 1.1125369292536007e-308",
            "6.4e-323, '', 6.4e-323" })
    void writesWhatSopsWrites(double value, String positional, String json) {
        assertThat(ShortestDecimal.json(value)).isEqualTo(json);
        if (!positional.isEmpty()) {
            assertThat(ShortestDecimal.positional(value)).isEqualTo(positional);
        }
    }

    @Test
    void readsBackAndIsNeverLongerThanSeventeenDigits() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String positional = ShortestDecimal.positional(value);
                assertThat(Double.parseDouble(positional)).isEqualTo(value);
                assertThat(Double.parseDouble(ShortestDecimal.json(value))).isEqualTo(value);
                assertThat(new BigDecimal(positional).stripTrailingZeros().precision()).isLessThanOrEqualTo(17);
                assertThat(positional).doesNotContain("e", "E");
            }
        }
    }

    /** Below a power of two doubles are twice as dense, where the shortest decimal is not the rounded one. */
    @Test
    void findsNoShorterDecimalAtPowersOfTwo() {
        for (int exponent = -1074; exponent < 1024; exponent++) {
            double value = Math.scalb(1.0, exponent);
            BigDecimal found = new BigDecimal(ShortestDecimal.positional(value)).stripTrailingZeros();
            BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(found.precision() - found.scale());
            for (int digits = 1; digits < found.precision(); digits++) {
                BigDecimal step = unit.scaleByPowerOfTen(-digits);
                BigDecimal below = new BigDecimal(value).divideToIntegralValue(step).multiply(step);
                assertThat(below.doubleValue()).isNotEqualTo(value);
                assertThat(below.add(step).doubleValue()).isNotEqualTo(value);
            }
        }
    }
}
