package io.quarkiverse.tokenstorage.interop.keys.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;

/** Documents for PGP keys: sops and this library use the same gpg with the same keys, and read what the other wrote. */
class PgpExchangeTest extends PgpTestCase {

    @Test
    void aKeyWithoutPassphrase() {
        pgpRule(plain);
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void anRsaKey() {
        pgpRule(gpg.generate("rsa", "", "default", "default", "never"));
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void otherNamesOfAKeyStandInTheFileAsInTheRule() {
        String subkey = gpg.fingerprints("plain").get(1);
        for (String name : new String[] { plain.toLowerCase(Locale.ROOT), subkey, subkey + "!", plain.substring(24),
                "0x" + plain }) {
            pgpRule(name);
            Exchange.bothWays(box, DOCUMENT, "file.json");
        }
    }

    @Test
    void severalKeysInOneRule() {
        box.rules("creation_rules:\n  - pgp: " + locked + ", " + plain.replaceAll("(....)", "$1 ") + "\n    age: "
                + AgeIdentity.generate().recipient() + "\n");
        Exchange.bothWays(box, DOCUMENT, "file.json");
        box.rules("creation_rules:\n  - pgp: [" + locked + "]\n    age: " + box.identity().recipient() + "\n");
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void aKeyOfTheEnvironment() {
        box.set("SOPS_PGP_FP", plain).rules("creation_rules:\n  - age: " + AgeIdentity.generate().recipient() + "\n");
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void armorOfOtherWriters() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        String begin = "-----BEGIN PGP MESSAGE-----\\n";
        String end = "-----END PGP MESSAGE-----";
        assertThat(document).contains(begin + "\\n").contains(end + "\"");
        for (String old : new String[] {
                document.replace(begin, begin + "Version: GnuPG v1.4.12 (GNU/Linux)\\nComment: by hand\\n"),
                document.replace(end, end + "\\n"), document.replace(begin, "\\n" + begin).replace(end, end + "\\n\\n"),
                document.replaceAll("(\"enc\": \".*)\\\\n(?=-----END)", "$1\\\\r\\\\n") }) {
            assertThat(old).isNotEqualTo(document);
            assertBothRead(old);
        }
    }

    @Test
    void keysThatCannotBeUsed() throws IOException {
        String expired = gpg.generate("expired", "", "future-default", "default", "1d", "--faked-system-time",
                "20200101T000000");
        String revoked = gpg.generate("revoked", "");
        gpg.importRevocation(revoked);
        String signing = gpg.generate("signing", "", "ed25519", "sign", "never");
        assertNobodyEncrypts(expired, "the key expired on 2020-01-02: extend it");
        assertNobodyEncrypts(revoked, "the key is revoked");
        assertNobodyEncrypts(signing, "no subkey for encryption");
        assertNobodyEncrypts(plain + "!", "is not for encryption");
        assertNobodyEncrypts("0123456789012345678901234567890123456789", "no such public key: gpg --import");
    }

    @Test
    void secretKeyThatIsElsewhere() {
        pgpRule(plain);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        try (GpgHome other = new GpgHome()) {
            box.set("GNUPGHOME", other.directory().toString());
            assertUnreadable(document).hasMessageContaining("no secret key")
                    .hasMessageContaining(gpg.fingerprints("plain").get(1).substring(24)).hasMessageContaining("GNUPGHOME");
            other.run(gpg.run(new byte[0], "--export", plain).output(), "--import");
            assertUnreadable(document).hasMessageContaining("no secret key");
        }
        box.set("GNUPGHOME", "/no/such/home");
        assertUnreadable(document).hasMessageContaining("no secret key").hasMessageContaining("GNUPGHOME");
    }

    private void assertBothRead(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (OurSops ours = OurSops.in(box)) {
            assertThat(ours.decrypt(bytes)).isEqualTo(box.sopsDecrypt(bytes));
        }
    }

    private void assertNobodyEncrypts(String fingerprint, String reason) {
        pgpRule(fingerprint);
        assertThat(box.sops(box.work(), DOCUMENT, "encrypt", "--filename-override", "file.json").succeeded())
                .as("sops encrypts for %s", fingerprint).isFalse();
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.encrypt(DOCUMENT, "file.json")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining(fingerprint).hasMessageContaining(reason);
        }
    }
}
