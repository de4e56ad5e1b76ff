package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.InvalidKeyException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class X25519Test {

    static Stream<X25519> implementations() {
        return Stream.of(new JdkX25519(), new BouncyCastleX25519(), FastestX25519.detect());
    }

    /** RFC 7748 §5.2 */
    @ParameterizedTest
    @MethodSource("implementations")
    void computesTheFunctionOfTheRfc(X25519 x25519) throws InvalidKeyException {
        assertThat(x25519.sharedSecret(hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")))
                .isEqualTo(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
    }

    /** RFC 7748 §5.2: the second vector has the highest bit of the coordinate set, which must not count */
    @ParameterizedTest
    @MethodSource("implementations")
    void ignoresTheHighestBitOfACoordinate(X25519 x25519) throws InvalidKeyException {
        assertThat(x25519.sharedSecret(hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
                hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")))
                .isEqualTo(hex("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"));
    }

    /** RFC 7748 §6.1 */
    @ParameterizedTest
    @MethodSource("implementations")
    void derivesPublicKeysAndSecrets(X25519 x25519) throws InvalidKeyException {
        byte[] alice = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] bob = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        byte[] alicePublic = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        byte[] bobPublic = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        byte[] shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assertThat(x25519.publicKey(alice)).isEqualTo(alicePublic);
        assertThat(x25519.publicKey(bob)).isEqualTo(bobPublic);
        assertThat(x25519.sharedSecret(alice, bobPublic)).isEqualTo(shared);
        assertThat(x25519.sharedSecret(bob, alicePublic)).isEqualTo(shared);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void refusesPointsOfSmallOrder(X25519 x25519) {
        for (String point : new String[] { "00".repeat(32), "01" + "00".repeat(31),
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" }) {
            assertThatThrownBy(() -> x25519.sharedSecret(hex("11".repeat(32)), hex(point)))
                    .isInstanceOf(InvalidKeyException.class).hasMessageContaining("small order");
        }
    }

    @Test
    void allAgreeAndLeaveTheirArgumentsAlone() throws InvalidKeyException {
        Random random = new Random(7748);
        X25519 jdk = new JdkX25519();
        X25519 bouncyCastle = new BouncyCastleX25519();
        X25519 fastest = FastestX25519.detect();
        for (int i = 0; i < 40; i++) {
            byte[] scalar = new byte[32];
            byte[] point = new byte[32];
            random.nextBytes(scalar);
            random.nextBytes(point);
            byte[] scalarBefore = scalar.clone();
            byte[] pointBefore = point.clone();
            byte[] publicKey = jdk.publicKey(scalar);
            byte[] secret = jdk.sharedSecret(scalar, point);
            assertThat(bouncyCastle.publicKey(scalar)).isEqualTo(publicKey);
            assertThat(fastest.publicKey(scalar)).isEqualTo(publicKey);
            assertThat(bouncyCastle.sharedSecret(scalar, point)).isEqualTo(secret);
            assertThat(fastest.sharedSecret(scalar, point)).isEqualTo(secret);
            assertThat(scalar).isEqualTo(scalarBefore);
            assertThat(point).isEqualTo(pointBefore);
        }
    }

    /** As in an application without that library. */
    @Test
    void doesWithoutBouncyCastle() throws Exception {
        URL classes = FastestX25519.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(FastestX25519.class.getName());
            Object fastest = type.getMethod("detect").invoke(null);
            for (int i = 0; i < 20; i++) {
                byte[] scalar = new byte[32];
                scalar[5] = (byte) i;
                assertThat(type.getMethod("publicKey", byte[].class).invoke(fastest, scalar))
                        .isEqualTo(new BouncyCastleX25519().publicKey(scalar));
            }
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
