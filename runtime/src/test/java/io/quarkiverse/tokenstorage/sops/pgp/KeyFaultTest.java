package io.quarkiverse.tokenstorage.sops.pgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** Over listings as GnuPG 2.2 prints them. */
class KeyFaultTest {

    private static final String PRIMARY = "40954A07BA38943BA63D458E991A4E62886DE346";
    private static final String SUBKEY = "59E01D3124FBEE3F8DB690EBE12DB213D490E3A3";

    @Test
    void findsNothingWrongWithAGoodKey() {
        String listing = pub("u", "", "scESC") + sub("u", "", "e");
        assertThat(fault(PRIMARY, listing)).isNull();
        assertThat(fault(SUBKEY + "!", listing)).isNull();
    }

    @Test
    void tellsWhatIsWrong() {
        assertThat(fault(PRIMARY, "tru::1:1795334535:0:3:1:5\n")).startsWith("it has no such public key: gpg --import")
                .contains("gpg --recv-keys " + PRIMARY).contains("GNUPGHOME");
        assertThat(fault(PRIMARY, pub("r", "", "sc") + sub("r", "", "e"))).startsWith("the key is revoked");
        assertThat(fault(PRIMARY, pub("e", "1577923200", "sc") + sub("e", "", "e")))
                .startsWith("the key expired on 2020-01-02: extend it (gpg --quick-set-expire " + PRIMARY + " 1y)");
        assertThat(fault(PRIMARY, pub("e", "nonsense", "sc"))).startsWith("the key expired: ");
        assertThat(fault(PRIMARY, pub("u", "", "scESCD") + sub("u", "", "e"))).startsWith("the key is disabled");
        assertThat(fault(PRIMARY, pub("i", "", "sc"))).startsWith("the key is not valid");
        assertThat(fault(PRIMARY, pub("u", "", "scSC"))).startsWith("it has no subkey for encryption: add one (gpg"
                + " --quick-add-key " + PRIMARY + " default encr)");
        assertThat(fault(PRIMARY, pub("u", "", "scSC") + sub("e", "1577923200", "e")))
                .startsWith("of its keys for encryption the subkey expired on 2020-01-02")
                .contains("gpg --quick-set-expire " + PRIMARY + " 1y " + SUBKEY);
    }

    @Test
    void looksAtTheVeryKeyIfThatIsNamed() {
        assertThat(fault(PRIMARY + "!", pub("u", "", "scESC") + sub("u", "", "e"))).contains("is not for encryption");
        assertThat(fault(SUBKEY + "!", pub("u", "", "scSC") + sub("r", "", "e"))).startsWith("the subkey is revoked");
        assertThat(fault(SUBKEY + "!", pub("e", "1577923200", "sc") + sub("u", "", "e"))).startsWith("the key expired");
    }

    @Test
    void survivesOtherOutput() {
        for (String output : new String[] { "", ":::", "sub:u", "fpr:", "fpr:::::::::AB:", "pub", "pub:\nfpr:", "\0\n\r" }) {
            KeyListing listing = KeyListing.parse(output.getBytes(StandardCharsets.UTF_8));
            assertThat(KeyFault.of(Fingerprint.parse(PRIMARY), listing)).as(output).isPresent();
        }
    }

    private static String fault(String fingerprint, String listing) {
        return KeyFault.of(Fingerprint.parse(fingerprint), KeyListing.parse(listing.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    private static String pub(String validity, String expiry, String capabilities) {
        return "pub:" + validity + ":3072:1:991A4E62886DE346:1795334533:" + expiry + "::u:::" + capabilities + "::::::23::0:\n"
                + "fpr:::::::::" + PRIMARY + ":\nuid:u::::1795334533::AB::ok <k@x>::::::::::0:\n";
    }

    private static String sub(String validity, String expiry, String capabilities) {
        return "sub:" + validity + ":3072:1:E12DB213D490E3A3:1795334533:" + expiry + ":::::" + capabilities + "::::::23:\n"
                + "fpr:::::::::" + SUBKEY + ":\n";
    }
}
