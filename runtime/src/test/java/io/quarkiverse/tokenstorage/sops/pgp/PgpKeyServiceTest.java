package io.quarkiverse.tokenstorage.sops.pgp;

import static io.quarkiverse.tokenstorage.FileModes.chmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageAccessException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.DataKey;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * What passes between this process and {@code gpg}, with a script in its place that keeps what it was given. The tests with the
 * real program are among those of interoperability.
 */
@Timeout(60)
class PgpKeyServiceTest {

    private static final String FINGERPRINT = "40954A07BA38943BA63D458E991A4E62886DE346";
    private static final byte[] DATA_KEY = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path directory;
    Path home;
    final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void environment() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("HOME", home.toString());
    }

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
            clock.now = NOW.plus(RecentRefusals.LIFETIME);
            gpg("echo '[GNUPG:] DECRYPTION_OKAY' >&2; printf " + new String(DATA_KEY, StandardCharsets.US_ASCII));
            service.unwrap(entry(PgpMessages.ENCRYPTED)).close();
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
    void knowsItsOwnKeysAndListsThemAgainWhenTheHomeChanges() throws IOException {
        Path gnupg = Files.createDirectories(home.resolve(".gnupg/private-keys-v1.d")).getParent();
        Path bin = Files.createDirectory(directory.resolve("bin"));
        variables.put("PATH", bin + ":/usr/bin:/bin");
        script(bin.resolve("gpg"), "echo run >> " + file("runs") + "; cat << 'EOF'\n" + """
                sec:u:3072:1:991A4E62886DE346:1795334533:::u:::scESC:::+:::23::0:
                fpr:::::::::40954A07BA38943BA63D458E991A4E62886DE346:
                grp:::::::::8A956A69E04DA0A582FDC994EEA6F62E8CF37B74:
                uid:u::::1795334533::5D0CC8A3210DA87B6168E59368B67459B1FE4BC9::ok <k@x>::::::::::0:
                ssb:u:3072:1:E12DB213D490E3A3:1795334533::::::e:::+:::23:
                fpr:::::::::59E01D3124FBEE3F8DB690EBE12DB213D490E3A3:
                sec:u:255:22:442F3016E6A72291:1795334492:::u:::scSC:::+::ed25519:::0:
                fpr:::::::::46C86F796D6FF27EAC4B873F442F3016E6A72291:
                sec:u:3072:1:1D6BB7AB6CAB10E1:1795334492:::u:::scESC:::#:::23::0:
                fpr:::::::::176B584B5D6C5C757B115FB51D6BB7AB6CAB10E1:
                ssb:u:3072:1:44A966E58580A8C5:1795334492::::::e:::#:::23:
                fpr:::::::::73889A112F03D752FC2432BA44A966E58580A8C5:
                EOF""");
        try (PgpKeyService service = service()) {
            for (int i = 0; i < 3; i++) {
                assertThat(service.ownMasterKeys()).contains(
                        Set.of(FINGERPRINT, "59E01D3124FBEE3F8DB690EBE12DB213D490E3A3!"));
            }
            assertThat(Files.readAllLines(file("runs"))).hasSize(1);
            Files.setLastModifiedTime(gnupg.resolve("private-keys-v1.d"), FileTime.from(NOW));
            assertThat(service.ownMasterKeys()).isPresent();
            assertThat(Files.readAllLines(file("runs"))).hasSize(2);
            Set<String> own = service.ownMasterKeys().orElseThrow();
            for (String named : List.of(FINGERPRINT, FINGERPRINT.toLowerCase(), FINGERPRINT + "!", "991A4E62886DE346",
                    "59E01D3124FBEE3F8DB690EBE12DB213D490E3A3", "59E01D3124FBEE3F8DB690EBE12DB213D490E3A3!")) {
                assertThat(service.masterKey(description(named), "test").isOneOf(own)).as(named).isTrue();
            }
            for (String other : List.of("46C86F796D6FF27EAC4B873F442F3016E6A72291", "44A966E58580A8C5")) {
                assertThat(service.masterKey(description(other), "test").isOneOf(own)).as(other).isFalse();
            }
        }
    }

    @Test
    void asksAgainAfterAListingThatFailed() throws IOException {
        Files.createDirectories(home.resolve(".gnupg/private-keys-v1.d"));
        Path bin = Files.createDirectory(directory.resolve("bin"));
        variables.put("PATH", bin + ":/usr/bin:/bin");
        script(bin.resolve("gpg"), "echo 'gpg: out of order' >&2; exit 2");
        try (PgpKeyService service = service()) {
            // A host that only writes for others may lack the agent
            assertThat(service.ownMasterKeys()).contains(Set.of());
            Files.createFile(home.resolve(".gnupg/private-keys-v1.d/A.key"));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(service::ownMasterKeys).isInstanceOf(StorageAccessException.class)
                        .hasMessageContaining("did not list its secret keys: it says: out of order")
                        .hasMessageContaining("gpg --list-secret-keys");
            }
            Thread.currentThread().interrupt();
            assertThatThrownBy(service::ownMasterKeys).isInstanceOf(StorageAccessException.class);
            assertThat(Thread.interrupted()).isTrue();
            script(bin.resolve("gpg"), "cat << 'EOF'\n" + """
                    sec:u:3072:1:991A4E62886DE346:1795334533:::u:::escESC:::+:::23::0:
                    fpr:::::::::40954A07BA38943BA63D458E991A4E62886DE346:
                    EOF""");
            assertThat(service.ownMasterKeys()).contains(Set.of(FINGERPRINT));
        }
    }

    @Test
    void startsNothingForOwnKeysWhereThereIsNoHomeOfGnupg() throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        variables.put("PATH", bin + ":/usr/bin:/bin");
        script(bin.resolve("gpg"), "touch " + file("ran"));
        try (PgpKeyService service = service()) {
            assertThat(service.ownMasterKeys()).contains(Set.of());
        }
        assertThat(file("ran")).doesNotExist();
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

    private static String messageFor(String... keyIds) {
        List<byte[]> packets = new ArrayList<>();
        for (String keyId : keyIds) {
            packets.add(PgpMessages.packet(1, "03" + keyId + "010008ff"));
        }
        packets.add(PgpMessages.DATA_PACKET);
        return PgpMessages.armor(packets.toArray(byte[][]::new));
    }

    private static final class MutableClock extends Clock {

        private Instant now;

        MutableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private void gpg(String body) throws IOException {
        variables.put("SOPS_GPG_EXEC", script(directory.resolve("our gpg"), body).toString());
    }

    private static Path script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        chmod(file, "rwx------");
        return file;
    }

    private HostEnvironment host() {
        return new HostEnvironment(variables, home, home.toString(), OperatingSystem.LINUX);
    }

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private PgpKeyService service() {
        return service(Duration.ofSeconds(50));
    }

    private PgpKeyService service(Duration timeout) {
        return new PgpKeyService(host(), clock(), Optional::empty, timeout, timeout);
    }

    private static MasterKey masterKey(PgpKeyService service) {
        return service.masterKey(description(FINGERPRINT), "test");
    }

    private static JsonObject description(String fingerprint) {
        return JsonObject.builder().add("fp", fingerprint).build();
    }

    private static KeyEntry entry(String enc) {
        return new KeyEntry(KeyKind.PGP, FINGERPRINT, enc, JsonObject.builder().build());
    }
}
