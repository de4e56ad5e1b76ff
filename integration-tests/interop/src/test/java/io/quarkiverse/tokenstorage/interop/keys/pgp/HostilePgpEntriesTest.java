package io.quarkiverse.tokenstorage.interop.keys.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;

/** Entries that are no message for the key that they name, as anybody who can write the file may put there. */
class HostilePgpEntriesTest extends PgpTestCase {

    @Test
    void entriesThatAreDamaged() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        for (String damaged : new String[] { document.replaceAll("(\"enc\": \")[^\"]*\"", "$1nonsense\""),
                document.replaceAll("(\"enc\": \")[^\"]*\"", "$1\""),
                document.replaceAll("(MESSAGE-----\\\\n\\\\n.{100})[^\"]*\"", "$1\""),
                document.replaceAll("(MESSAGE-----\\\\n\\\\n.{100})....", "$1AAAA"),
                document.replaceAll("(MESSAGE-----\\\\n\\\\n.{200})....", "$1AAAA") }) {
            assertThat(damaged).isNotEqualTo(document);
            byte[] bytes = damaged.getBytes(StandardCharsets.UTF_8);
            assertThat(box.sopsDecrypting(bytes).exit()).isEqualTo(128);
            try (OurSops ours = OurSops.in(box)) {
                assertThatThrownBy(() -> ours.decrypt(bytes)).as(damaged).isInstanceOf(DamagedDocumentException.class)
                        .hasMessageContaining(plain).message().doesNotContain("\n");
            }
        }
    }

    /** gpg would ask for its passphrase. */
    @Test
    void messageForAPassphraseAsksNobody() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        String symmetric = gpg.run("01234567890123456789012345678901".getBytes(StandardCharsets.US_ASCII), "--armor",
                "--pinentry-mode", "loopback", "--passphrase", "x", "--symmetric").text().replace("\n", "\\\\n");
        byte[] hostile = document.replaceAll("(\"enc\": \")[^\"]*\"", "$1" + symmetric + "\"")
                .getBytes(StandardCharsets.UTF_8);
        gpg.answerQuestions("D x\\nOK");
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(hostile)).isInstanceOf(DamagedDocumentException.class)
                    .hasMessageContaining("encrypted with a passphrase");
        }
        assertThat(gpg.questions()).isZero();
    }

    /** gpg skips an indented block; the message for our key would pass the check, and gpg open the other one. */
    @Test
    void messageBehindAnIndentedOne() {
        pgpRule(plain);
        String document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8);
        byte[] stranger = "01234567890123456789012345678901".getBytes(StandardCharsets.US_ASCII);
        gpg.answerQuestions("D x\\nOK");
        String indented = document.replaceAll("(?s).*\"enc\": \"([^\"]*)\".*", " $1").replace("\\n", "\\n ");
        for (String second : new String[] { gpg.run(stranger, "--armor", "--store").text(),
                gpg.run(stranger, "--armor", "--pinentry-mode", "loopback", "--passphrase", "x", "--symmetric").text() }) {
            byte[] hostile = document.replaceAll("(\"enc\": \")[^\"]*\"",
                    Matcher.quoteReplacement("\"enc\": \"" + indented + "\\n" + second.replace("\n", "\\n") + "\""))
                    .getBytes(StandardCharsets.UTF_8);
            try (OurSops ours = OurSops.in(box)) {
                assertThatThrownBy(() -> ours.decrypt(hostile)).isInstanceOf(DamagedDocumentException.class)
                        .hasMessageContaining("something follows its -----END PGP MESSAGE-----");
            }
        }
        byte[] alone = document.replaceAll("(\"enc\": \")[^\"]*\"",
                Matcher.quoteReplacement("\"enc\": \"" + indented + "\"")).getBytes(StandardCharsets.UTF_8);
        try (OurSops ours = OurSops.in(box)) {
            assertThat(new String(ours.decrypt(alone), StandardCharsets.UTF_8)).contains("value");
        }
        assertThat(gpg.questions()).isZero();
    }
}
