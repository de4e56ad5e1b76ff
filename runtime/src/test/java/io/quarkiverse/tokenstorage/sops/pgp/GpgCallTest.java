package io.quarkiverse.tokenstorage.sops.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** What passes between this process and {@code gpg} to wrap and unwrap, and what becomes of a failure. */
class GpgCallTest extends GpgScriptTestCase {

    @Test
    void wrapsThroughPipesOnly() throws IOException {
        variables.put("SOPS_AGE_KEY", "AGE-SECRET-KEY-1");
        variables.put("AWS_SECRET_ACCESS_KEY", "aws");
        variables.put("QUARKUS_OIDC_CREDENTIALS_SECRET", "oidc");
        variables.put("GPG_PASSPHRASE", "passphrase");
        variables.putAll(Map.of("LC_ALL", "de_DE.UTF-8", "GNUPGHOME", "/gnupg", "DBUS_SESSION_BUS_ADDRESS", "unix:"));
        gpg("printf '%s\\n' \"$@\" > " + file("arguments") + "; env > " + file("environment") + "; cat > " + file("input")
                + "; cat << 'EOF'\n" + PgpMessages.ENCRYPTED + "\n\nEOF");
        try (PgpKeyService service = service(); DataKey dataKey = DataKey.owning(DATA_KEY.clone())) {
            MasterKey masterKey = service.masterKey(description("4095 4a07BA38943BA63D458E991A4E62886DE346!"), "test");
            KeyEntry entry = masterKey.wrap(dataKey);
            assertThat(entry.kind()).isEqualTo(KeyKind.PGP);
            assertThat(entry.identity()).isEqualTo(masterKey.identity()).isEqualTo("40954a07BA38943BA63D458E991A4E62886DE346!");
            assertThat(entry.enc()).isEqualTo(PgpMessages.ENCRYPTED);
            assertThat(entry.fields()).isEqualTo(JsonObject.builder().add("created_at", "2026-01-02T03:04:05Z")
                    .add("enc", PgpMessages.ENCRYPTED).add("fp", "40954a07BA38943BA63D458E991A4E62886DE346!").build());
        }
        assertThat(file("input")).hasBinaryContent(DATA_KEY);
        assertThat(Files.readAllLines(file("arguments"))).containsSubsequence("--recipient",
                "40954a07BA38943BA63D458E991A4E62886DE346!", "--encrypt").contains("--batch", "--no-encrypt-to");
        assertThat(Files.readAllLines(file("environment"))).filteredOn(line -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*"))
                .containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "HOME=" + home, "LC_ALL=de_DE.UTF-8", "GNUPGHOME=/gnupg",
                        "DBUS_SESSION_BUS_ADDRESS=unix:");
        for (String name : List.of("arguments", "environment")) {
            assertThat(Files.readString(file(name))).doesNotContain(new String(DATA_KEY, StandardCharsets.US_ASCII),
                    Base64.getEncoder().encodeToString(DATA_KEY), HexFormat.of().formatHex(DATA_KEY));
        }
    }

    @Test
    void unwrapsThroughPipesOnly() throws IOException {
        gpg("printf '%s\\n' \"$@\" > " + file("arguments") + "; cat > " + file("input")
                + "; echo '[GNUPG:] DECRYPTION_OKAY' >&2; printf " + new String(DATA_KEY, StandardCharsets.US_ASCII));
        try (PgpKeyService service = service(); DataKey dataKey = service.unwrap(entry(PgpMessages.ENCRYPTED))) {
            assertThat(dataKey.bytes()).isEqualTo(DATA_KEY);
        }
        // Not the text, which gpg could read in another way than the check before it
        assertThat(file("input")).hasBinaryContent(Armor.decode(PgpMessages.ENCRYPTED));
        assertThat(Files.readAllLines(file("arguments"))).containsSubsequence("--output", "-", "--decrypt");
    }

    @Test
    void startsNothingForAnEntryThatIsNoMessage() throws IOException {
        gpg("touch " + file("ran") + "; printf " + new String(DATA_KEY, StandardCharsets.US_ASCII));
        try (PgpKeyService service = service()) {
            for (String enc : List.of("", "nonsense", "-----BEGIN PGP MESSAGE-----\n\n",
                    PgpMessages.armor(PgpMessages.SYMMETRIC_KEY_PACKET, PgpMessages.DATA_PACKET),
                    PgpMessages.armor(PgpMessages.LITERAL_PACKET))) {
                assertThatThrownBy(() -> service.unwrap(entry(enc))).isInstanceOf(DamagedDocumentException.class)
                        .hasMessageStartingWith("The PGP entry for " + FINGERPRINT + " is damaged: it ");
            }
        }
        assertThat(file("ran")).doesNotExist();
    }

    @Test
    void tellsFailuresOfOpeningApart() throws IOException {
        Map<String, Class<? extends Exception>> failures = Map.ofEntries(
                Map.entry("NO_SECKEY E12DB213D490E3A3", DataKeyUnavailableException.class),
                Map.entry("ERROR pkdecrypt_failed 33554450", DamagedDocumentException.class),
                Map.entry("BADMDC", DamagedDocumentException.class), Map.entry("NODATA 1", DamagedDocumentException.class),
                Map.entry("DECRYPTION_KEY A B u", DamagedDocumentException.class),
                Map.entry("ERROR pkdecrypt_failed 67108875", DataKeyUnavailableException.class),
                Map.entry("ERROR pkdecrypt_failed 83886179", DataKeyUnavailableException.class),
                Map.entry("ERROR pkdecrypt_failed 83886142", DataKeyUnavailableException.class),
                Map.entry("ERROR pkdecrypt_failed 67108949", DataKeyUnavailableException.class),
                Map.entry("ERROR pkdecrypt_failed 83918950", DataKeyUnavailableException.class),
                Map.entry("ERROR nonsense", DataKeyUnavailableException.class),
                Map.entry("ERROR pkdecrypt_failed 99999999999", DataKeyUnavailableException.class));
        for (Map.Entry<String, Class<? extends Exception>> failure : failures.entrySet()) {
            gpg("echo '[GNUPG:] " + failure.getKey() + "' >&2; echo 'gpg: its own words' >&2; printf partial; exit 2");
            try (PgpKeyService service = service()) {
                assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED))).as(failure.getKey())
                        .isInstanceOf(failure.getValue()).hasNoCause();
            }
        }
    }

    @Test
    void passesOnTheWordsOfGpgOnOneLineWithoutTricks() throws IOException {
        gpg("printf 'gpg: first\\ngpg: \\033[31mred\\n\\n[GNUPG:] NO_SECKEY X\\n' >&2; head -c 100000 /dev/zero | tr '\\0' x >&2;"
                + " exit 2");
        try (PgpKeyService service = service()) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DataKeyUnavailableException.class).message()
                    .contains("key ID E12DB213D490E3A3", "GNUPGHOME", "first; ?[31mred; xxx").doesNotContain("GNUPG:")
                    .hasSizeLessThan(1000);
        }
    }

    @Test
    void takesNoOutputForAFailure() throws IOException {
        gpg("cat > /dev/null");
        try (PgpKeyService service = service(); DataKey dataKey = DataKey.owning(DATA_KEY.clone())) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("printed nothing");
            assertThatThrownBy(() -> masterKey(service).wrap(dataKey)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("printed nothing");
        }
        gpg("printf " + new String(DATA_KEY, StandardCharsets.US_ASCII));
        try (PgpKeyService service = service()) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DataKeyUnavailableException.class).hasMessageContaining("does not confirm");
        }
        gpg("echo '[GNUPG:] DECRYPTION_OKAY' >&2");
        try (PgpKeyService service = service()) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("it holds nothing");
        }
        gpg("echo nonsense");
        try (PgpKeyService service = service(); DataKey dataKey = DataKey.owning(DATA_KEY.clone())) {
            assertThatThrownBy(() -> masterKey(service).wrap(dataKey)).isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("no encrypted message");
        }
    }

    @Test
    void endsWhatHangsOrNeverStopsPrinting() throws IOException {
        gpg("echo 'gpg: thinking' >&2; sleep 1000");
        long start = System.nanoTime();
        try (PgpKeyService service = service(Duration.ofSeconds(1)); DataKey dataKey = DataKey.owning(DATA_KEY.clone())) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("did not finish within 1 s (thinking)")
                    .hasMessageContaining("GPG_TTY").hasMessageContaining("allow-preset-passphrase");
            assertThatThrownBy(() -> masterKey(service).wrap(dataKey)).isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("did not finish within 1 s");
            assertThatThrownBy(service::ownMasterKeys).isInstanceOf(StorageAccessException.class)
                    .hasMessageContaining("did not list its secret keys")
                    .hasMessageContaining("did not finish within 1 s (thinking)");
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
        gpg("cat /dev/zero");
        try (PgpKeyService service = service(Duration.ofSeconds(50)); DataKey dataKey = DataKey.owning(DATA_KEY.clone())) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("more than a data key");
            assertThatThrownBy(() -> masterKey(service).wrap(dataKey)).isInstanceOf(StorageAccessException.class);
        }
    }

    @Test
    void saysWhatToInstallAndNeverLooksInTheWorkingDirectory() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        variables.put("PATH", ":.:" + empty);
        script(home.resolve("gpg"), "printf 12345678901234567890123456789012");
        Files.createDirectory(home.resolve(".gnupg"));
        try (PgpKeyService service = service(); DataKey dataKey = DataKey.owning(DATA_KEY.clone())) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining("gpg is not installed").hasMessageContaining("gnupg")
                    .hasMessageContaining("SOPS_GPG_EXEC");
            assertThatThrownBy(() -> masterKey(service).wrap(dataKey)).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining("gpg is not installed").hasMessageContaining(FINGERPRINT);
            assertThat(service.ownMasterKeys()).contains(Set.of());
        }
        variables.put("SOPS_GPG_EXEC", "/no/such/gpg");
        try (PgpKeyService service = service()) {
            assertThatThrownBy(() -> service.unwrap(entry(PgpMessages.ENCRYPTED)))
                    .hasMessageContaining("SOPS_GPG_EXEC is '/no/such/gpg', and there is no such program");
        }
    }

    @Test
    void refusesFingerprintsThatAreNone() {
        try (PgpKeyService service = service()) {
            for (String text : List.of("", "--homedir=/tmp", "-", "alice@example.com", "886DE346")) {
                assertThatThrownBy(() -> service.masterKey(description(text), "rules, rule 1"))
                        .isInstanceOf(StorageNotConfiguredException.class).hasMessageStartingWith("rules, rule 1: '");
            }
            assertThatThrownBy(() -> service.masterKey(JsonObject.builder().build(), "rules"))
                    .isInstanceOf(StorageNotConfiguredException.class);
        }
    }

    @Test
    void namesTheTerminalForTheQuestionOfAPerson() throws IOException {
        gpg("echo \"$GPG_TTY\" >> " + file("terminal") + "; echo '[GNUPG:] DECRYPTION_OKAY' >&2; printf "
                + new String(DATA_KEY, StandardCharsets.US_ASCII));
        Path terminal = Path.of("/dev/pts/77");
        try (PgpKeyService service = new PgpKeyService(host(), clock(), () -> Optional.of(terminal), Duration.ofSeconds(50),
                Duration.ofNanos(1))) {
            service.unwrap(entry(PgpMessages.ENCRYPTED)).close();
        }
        variables.put("GPG_TTY", "/dev/pts/88");
        try (PgpKeyService service = new PgpKeyService(host(), clock(), () -> Optional.of(terminal), Duration.ofSeconds(50),
                Duration.ofNanos(1))) {
            service.unwrap(entry(PgpMessages.ENCRYPTED)).close();
        }
        assertThat(Files.readAllLines(file("terminal"))).containsExactly("/dev/pts/77", "/dev/pts/88");
    }
}
