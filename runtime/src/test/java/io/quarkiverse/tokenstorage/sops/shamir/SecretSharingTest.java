package io.quarkiverse.tokenstorage.sops.shamir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretSharingTest {

    private final SecureRandom random = new SecureRandom();

    /** Fills every array with the same byte. */
    private static SecureRandom always(int value) {
        return new SecureRandom() {

            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) value);
            }
        };
    }

    private static Stream<List<byte[]>> subsets(List<byte[]> shares) {
        return IntStream.range(0, 1 << shares.size()).mapToObj(
                chosen -> IntStream.range(0, shares.size()).filter(i -> (chosen & 1 << i) != 0).mapToObj(shares::get).toList());
    }

    private static void assertThresholdHolds(List<byte[]> shares, int threshold, byte[] secret) {
        subsets(shares).filter(subset -> subset.size() >= 2).forEach(subset -> {
            if (subset.size() >= threshold) {
                assertThat(SecretSharing.combine(subset)).isEqualTo(secret);
            } else {
                assertThat(SecretSharing.combine(subset)).isNotEqualTo(secret);
            }
        });
    }

    /** The shares that sops 3.13.2 made of the data key of groups.sops.json, and that key. */
    @Test
    void combinesTheSharesOfSops() {
        List<byte[]> shares = Stream.of("64bf7f747c68616211d3ade3673271d31e7c0314a0f5c26a26c468e4cb088b5301",
                "6e4810c83a69462fcf1da901e8163244c885fdda1bfc173cfcc2a55ad8f9a8d102",
                "91b3994a4ee5d0a2c3a48d20c5d5eb7a5d20b1212df784ccd10e9b05e1f2521503",
                "2af5b00e29eba05da7fc726dd8d74bddde5598c83eaa2aa27cb8a105dd71006204",
                "d50e398c5d6736d0ab45564cf51492e34bf0d43308a1b95251749f5ae47afaa605").map(HexFormat.of()::parseHex).toList();
        assertThresholdHolds(shares, 3,
                HexFormat.of().parseHex("9b44f6f608e4f7ef1d6a89c24af1a8ed8bd94fef96fe519a0b0856bbf2037197"));
    }

    @Test
    void anyThresholdOfTheSharesYieldTheSecretAndFewerDoNot() {
        for (int count = 2; count <= 7; count++) {
            for (int threshold = 2; threshold <= count; threshold++) {
                byte[] secret = new byte[32];
                random.nextBytes(secret);
                byte[] before = secret.clone();
                List<byte[]> shares = SecretSharing.split(secret, count, threshold, random);
                assertThat(secret).isEqualTo(before);
                assertThat(shares).hasSize(count).allMatch(share -> share.length == 33);
                assertThat(shares.stream().map(SecretSharing::place))
                        .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
                assertThresholdHolds(shares, threshold, secret);
                Collections.shuffle(shares = new ArrayList<>(shares), random);
                assertThat(SecretSharing.combine(shares)).isEqualTo(secret);
            }
        }
    }

    @Test
    void splitsIntoAsManyAsThereArePlaces() {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        List<byte[]> shares = SecretSharing.split(secret, 255, 255, random);
        assertThat(SecretSharing.combine(shares)).isEqualTo(secret);
        assertThat(SecretSharing.combine(shares.subList(1, 255))).isNotEqualTo(secret);
        List<byte[]> two = SecretSharing.split(secret, 255, 2, random);
        assertThat(SecretSharing.combine(List.of(two.get(254), two.get(100)))).isEqualTo(secret);
    }

    @Test
    void takesItsCoefficientsFromTheGivenRandomness() {
        byte[] secret = { 0, 1, (byte) 0xFF };
        // y = secret + 3x + 3x²
        assertThat(SecretSharing.split(secret, 3, 3, always(3))).containsExactly(new byte[] { 0, 1, (byte) 0xFF, 1 },
                new byte[] { 10, 11, (byte) 0xF5, 2 }, new byte[] { 10, 11, (byte) 0xF5, 3 });
        assertThat(SecretSharing.split(secret, 2, 2, always(0)))
                .containsExactly(new byte[] { 0, 1, (byte) 0xFF, 1 }, new byte[] { 0, 1, (byte) 0xFF, 2 });
    }

    /** Over all coefficients each share takes each value once, whatever the secret is. */
    @Test
    void oneShareOfTwoTellsNothing() {
        for (int secret = 0; secret < 256; secret++) {
            Set<Byte> first = new HashSet<>();
            Set<Byte> last = new HashSet<>();
            for (int coefficient = 0; coefficient < 256; coefficient++) {
                List<byte[]> shares = SecretSharing.split(new byte[] { (byte) secret }, 2, 2, always(coefficient));
                first.add(shares.get(0)[0]);
                last.add(shares.get(1)[0]);
            }
            assertThat(first).hasSize(256);
            assertThat(last).hasSize(256);
        }
    }

    @ParameterizedTest
    @CsvSource({ "32,2,1", "32,2,0", "32,2,3", "32,1,1", "32,256,2", "32,256,256", "0,2,2", "32,3,-1" })
    void refusesToSplit(int length, int shares, int threshold) {
        byte[] secret = new byte[length];
        assertThatThrownBy(() -> SecretSharing.split(secret, shares, threshold, random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({ "'',at least 2 shares", "0101,at least 2 shares", "0101 0101,the same place", "0101 0201,the same place",
            "0101 0200,place 0", "0101 020302,different lengths", "01 02,too short" })
    void refusesWhatCannotBeSharesOfOneSecret(String shares, String reason) {
        List<byte[]> parsed = shares.isEmpty() ? List.of()
                : Stream.of(shares.split(" ")).map(HexFormat.of()::parseHex).toList();
        assertThatThrownBy(() -> SecretSharing.combine(parsed)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
