package io.quarkiverse.tokenstorage.interop.keys.pgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;

/** A PGP key under a passphrase: given to the agent before, asked for, or not to be had. */
class PgpPassphraseTest extends PgpTestCase {

    @Test
    void passphraseThatTheAgentWasGiven() {
        pgpRule(locked);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        assertUnreadable(document).hasMessageContaining("pinentry").hasMessageContaining("allow-preset-passphrase");
        gpg.preset("locked", PASSPHRASE);
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void passphraseThatAPersonIsAskedFor() {
        pgpRule(locked);
        gpg.answerQuestions("D " + PASSPHRASE + "\\nOK");
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            assertThat(ours.decrypt(document)).isEqualTo(box.sopsDecrypt(document));
            assertThat(gpg.questions()).isOne();
        }
    }

    @Test
    void questionsWithoutAnAnswer() {
        pgpRule(locked);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        gpg.answerQuestions("ERR 83886179 cancelled");
        assertUnreadable(document).hasMessageContaining("was cancelled");
        gpg.answerQuestions("ERR 83886142 timeout");
        assertUnreadable(document).hasMessageContaining("nobody answered").hasMessageContaining("GPG_TTY");
        gpg.answerQuestions("D wrong\\nOK");
        assertUnreadable(document).hasMessageContaining("passphrase was wrong");
    }

    /** What the pinentry programs of all systems do without terminal and desktop. */
    @Test
    void nobodyToAskDoesNotTakeLong() {
        pgpRule(locked);
        byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
        gpg.answerQuestions("ERR 83918950 Inappropriate ioctl for device");
        long start = System.nanoTime();
        assertUnreadable(document).hasMessageContaining("nobody could be asked for it")
                .hasMessageContaining("GPG_TTY").hasMessageContaining("allow-preset-passphrase");
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }
}
