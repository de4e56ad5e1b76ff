package io.quarkiverse.tokenstorage.sops.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.StorageAccessException;

/** Which keys are the own ones, and when {@code gpg} is asked for them again. */
class OwnPgpKeysTest extends GpgScriptTestCase {

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
}
