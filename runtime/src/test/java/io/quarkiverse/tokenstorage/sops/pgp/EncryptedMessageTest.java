package io.quarkiverse.tokenstorage.sops.pgp;

import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.DATA_PACKET;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.ENCRYPTED;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.LITERAL_PACKET;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.MARKER_PACKET;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.PUBLIC_KEY_PACKET;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.SYMMETRIC_KEY_PACKET;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.armor;
import static io.quarkiverse.tokenstorage.sops.pgp.PgpMessages.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedMessageTest {

    private static final String BODY = base64(PUBLIC_KEY_PACKET, DATA_PACKET);

    @Test
    void tellsTheKeys() {
        assertThat(EncryptedMessage.parse(ENCRYPTED).keyIds()).containsExactly("E12DB213D490E3A3");
        assertThat(EncryptedMessage.parse(armor(MARKER_PACKET, PUBLIC_KEY_PACKET, PUBLIC_KEY_PACKET, DATA_PACKET)).keyIds())
                .hasSize(2);
    }

    @Test
    void readsTheArmorOfAllWriters() {
        for (String armored : List.of(
                ENCRYPTED + "\n",
                "\n\n" + ENCRYPTED + "\n\n",
                ENCRYPTED.replace("\n", "\r\n"),
                "-----BEGIN PGP MESSAGE-----\nVersion: GnuPG v1.4.12 (GNU/Linux)\nComment: with: colons\n\n" + BODY
                        + "\n-----END PGP MESSAGE-----\n",
                "-----BEGIN PGP MESSAGE-----\n \t\n" + BODY + "\n-----END PGP MESSAGE-----")) {
            assertThat(EncryptedMessage.parse(armored).keyIds()).as(armored).containsExactly("E12DB213D490E3A3");
        }
    }

    /** Made by gpg 2.2.40. */
    @Test
    void checksTheChecksum() {
        String symmetric = "-----BEGIN PGP MESSAGE-----\n\n"
                + "jA0ECQMCg1ayQtG13ev/0lgBPAlk1DG4KA7PEiMWSiXyFfpnWU1TwwZKouVleqh+\n"
                + "JnbaKWoXgrdjNVsNxYLu4XHGOAh2Es8nBy29EqTp3803jU1+EBamBQsww9HgjYJN\n"
                + "0SfPieSOH/Lq\n=VWoD\n-----END PGP MESSAGE-----\n";
        assertThat(Armor.decode(symmetric)).hasSize(105);
        for (String wrong : List.of(symmetric.replace("=VWoD", "=VWoE"), symmetric.replace("=VWoD", "=VWo"),
                symmetric.replace("=VWoD", "=VWoDVWoD"), symmetric.replace("=VWoD", "=!"), symmetric.replace("jA0E", "jA0F"))) {
            assertThatThrownBy(() -> Armor.decode(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsAllFormsOfLengths() {
        String body = "03e12db213d490e3a30100" + "00".repeat(300);
        String length = "0137";
        for (String header : List.of("85" + length, "86" + "0000" + length, "c1" + "c077", "c1" + "ff" + "0000" + length)) {
            assertThat(EncryptedMessage.parse(armor(HexFormat.of().parseHex(header + body), DATA_PACKET)).keyIds())
                    .as(header).containsExactly("E12DB213D490E3A3");
        }
        // Data of unknown length at the end: an indeterminate and a partial one
        assertThat(EncryptedMessage.parse(armor(PUBLIC_KEY_PACKET, HexFormat.of().parseHex("a7abcd"))).keyIds()).hasSize(1);
        assertThat(EncryptedMessage.parse(armor(PUBLIC_KEY_PACKET, HexFormat.of().parseHex("d2e1abcde0ab02abcd"))).keyIds())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("otherMessages")
    void refusesWhatGpgWouldTakeOrAskAPersonAbout(String armored, String reason) {
        assertThatThrownBy(() -> EncryptedMessage.parse(armored)).isInstanceOf(IllegalArgumentException.class).hasNoCause()
                .hasMessage(reason);
    }

    static Stream<Arguments> otherMessages() {
        return Stream.of(
                Arguments.of(armor(SYMMETRIC_KEY_PACKET, DATA_PACKET),
                        "it is encrypted with a passphrase, and sops encrypts with public keys"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, SYMMETRIC_KEY_PACKET, DATA_PACKET),
                        "it is encrypted with a passphrase, and sops encrypts with public keys"),
                Arguments.of(armor(LITERAL_PACKET), "it is not an encrypted OpenPGP message"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, LITERAL_PACKET), "it is not an encrypted OpenPGP message"),
                Arguments.of(armor(DATA_PACKET), "it names no key that it is encrypted with"),
                Arguments.of(armor(PUBLIC_KEY_PACKET), "it is cut off"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, DATA_PACKET, SYMMETRIC_KEY_PACKET, DATA_PACKET),
                        "something follows its encrypted data"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, DATA_PACKET, LITERAL_PACKET), "something follows its encrypted data"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, HexFormat.of().parseHex("d2e1abcd01ab"), LITERAL_PACKET),
                        "something follows its encrypted data"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, HexFormat.of().parseHex("d2e1abcd")), "it is cut off"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, HexFormat.of().parseHex("d2feabcd")), "it is cut off"),
                Arguments.of(armor(PUBLIC_KEY_PACKET, HexFormat.of().parseHex("d2e1abcd02ab")), "it is cut off"),
                Arguments.of(" " + ENCRYPTED.replace("\n", "\n ") + "\n" + armor(LITERAL_PACKET),
                        "something follows its -----END PGP MESSAGE-----"),
                Arguments.of(ENCRYPTED + "\n.", "something follows its -----END PGP MESSAGE-----"),
                Arguments.of(armor(Stream.generate(() -> PUBLIC_KEY_PACKET).limit(17).toArray(byte[][]::new)),
                        "it is for more than 16 keys"),
                Arguments.of(armor(PgpMessages.packet(1, "03e12d"), DATA_PACKET), "it is not an OpenPGP message"),
                Arguments.of(armor(new byte[] { 1, 2, 3 }), "it is not an OpenPGP message"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nonsense", "-----BEGIN PGP MESSAGE-----", "-----BEGIN PGP MESSAGE-----\n\n",
            "-----BEGIN PGP MESSAGE-----\n\n-----END PGP MESSAGE-----", "-----BEGIN PGP MESSAGE-----\n\n=dH/7\n",
            "-----BEGIN PGP MESSAGE-----\n\nsecret!\n-----END PGP MESSAGE-----",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----" })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> EncryptedMessage.parse(text)).isInstanceOf(IllegalArgumentException.class).hasNoCause()
                .hasMessageStartingWith("it").message().doesNotContain("secret");
    }

    @Test
    void refusesEveryMessageThatIsCutOff() {
        byte[] message = new byte[PUBLIC_KEY_PACKET.length + DATA_PACKET.length];
        System.arraycopy(PUBLIC_KEY_PACKET, 0, message, 0, PUBLIC_KEY_PACKET.length);
        System.arraycopy(DATA_PACKET, 0, message, PUBLIC_KEY_PACKET.length, DATA_PACKET.length);
        for (int length = 0; length < message.length; length++) {
            String cut = armor(Arrays.copyOf(message, length));
            assertThatThrownBy(() -> EncryptedMessage.parse(cut)).as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int length = 0; length < ENCRYPTED.length(); length++) {
            String cut = ENCRYPTED.substring(0, length);
            assertThatThrownBy(() -> EncryptedMessage.parse(cut)).as("%d characters", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                assertThat(EncryptedMessage.parse(armor(bytes)).keyIds()).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("it ");
            }
        }
    }
}
