package io.quarkiverse.tokenstorage.sops.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.MutableClock;

/** How often {@code gpg} is asked: once for many entries, and not again where it hangs or has said no. */
class GpgPatienceTest extends GpgScriptTestCase {

    @Test
    void asksOnceForAllTheEntriesOfAFile() throws IOException {
        gpg("echo run >> " + file("runs") + "; echo '[GNUPG:] ERROR pkdecrypt_failed 83886179' >&2; exit 2");
        try (PgpKeyService service = service()) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                        .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("was cancelled");
            }
            assertThat(Files.readAllLines(file("runs"))).hasSize(1);
            String forOther = PgpMessages.armor(PgpMessages.packet(1, "0300112233445566770100"), PgpMessages.DATA_PACKET);
            assertThatThrownBy(() -> service.unwrap(entry(forOther))).isInstanceOf(DataKeyUnavailableException.class);
            assertThat(Files.readAllLines(file("runs"))).hasSize(2);
        }
    }

    /** Otherwise hundreds of entries for one key, each with another one beside it, would ask as often. */
    @Test
    void asksOnceForAKeyThatIsNamedBesideOthers() throws IOException {
        gpg("echo run >> " + file("runs") + "; echo '[GNUPG:] NO_SECKEY FF22334455667710' >&2;"
                + " echo '[GNUPG:] ERROR pkdecrypt_failed 83886179' >&2; exit 2");
        try (PgpKeyService service = service()) {
            for (int i = 10; i < 30; i++) {
                String message = messageFor("0011223344556677", "ff223344556677" + i);
                assertThatThrownBy(() -> service.unwrap(entry(message))).isInstanceOf(DataKeyUnavailableException.class)
                        .hasMessageContaining("was cancelled");
            }
            assertThat(Files.readAllLines(file("runs"))).hasSize(1);
            String absent = messageFor("ff22334455667710");
            assertThatThrownBy(() -> service.unwrap(entry(absent))).isInstanceOf(DataKeyUnavailableException.class);
            assertThat(Files.readAllLines(file("runs"))).hasSize(2);
        }
    }

    @Test
    void aGpgThatHangsOverOneKeySaysNothingOfOthers() throws IOException {
        gpg("sleep 1000");
        try (PgpKeyService service = service(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> service.unwrap(entry(messageFor("0011223344556677"))))
                    .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("did not finish");
            gpg("echo '[GNUPG:] DECRYPTION_OKAY' >&2; printf " + new String(DATA_KEY, StandardCharsets.US_ASCII));
            service.unwrap(entry(PgpMessages.ENCRYPTED)).close();
        }
    }

    @Test
    void waitsOnceForAGpgThatHangs() throws IOException {
        gpg("echo run >> " + file("runs") + "; sleep 1000");
        MutableClock clock = new MutableClock(NOW);
        try (PgpKeyService service = new PgpKeyService(host(), clock, Optional::empty, Duration.ofSeconds(1),
                Duration.ofSeconds(1))) {
            for (int i = 0; i < 20; i++) {
                String message = PgpMessages.armor(PgpMessages.packet(1, "03001122334455667701" + (10 + i)),
                        PgpMessages.DATA_PACKET);
                assertThatThrownBy(() -> service.unwrap(entry(message))).isInstanceOf(DataKeyUnavailableException.class)
                        .hasMessageContaining("did not finish");
            }
            assertThat(Files.readAllLines(file("runs"))).hasSize(1);
            clock.advance(RecentRefusals.LIFETIME);
            gpg("echo '[GNUPG:] DECRYPTION_OKAY' >&2; printf " + new String(DATA_KEY, StandardCharsets.US_ASCII));
            service.unwrap(entry(PgpMessages.ENCRYPTED)).close();
        }
    }
}
