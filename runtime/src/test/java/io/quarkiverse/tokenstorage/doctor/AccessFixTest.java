package io.quarkiverse.tokenstorage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.store.DirectoryExposure;
import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.InspectedFile;
import io.quarkiverse.tokenstorage.store.InspectedFile.Kind;

/** Only what can help is advised: an owner can change modes, and nobody on a file system that is read-only. */
class AccessFixTest {

    private static final Path TOKENS = Path.of("/home/me/my tokens");
    private static final Path TOKEN = TOKENS.resolve("corporate.token.sops.json");

    private static InspectedFile directory(Path path, boolean own) {
        return new InspectedFile(path, Optional.empty(), Kind.DIRECTORY, "ada", own, "0000", false, 2, 0, Duration.ZERO);
    }

    private static InspectedFile token(boolean own) {
        return new InspectedFile(TOKEN, Optional.of("corporate"), Kind.REGULAR, "ada", own, "0000", false, 1, 9,
                Duration.ZERO);
    }

    private static DirectoryInspection inspection(Optional<InspectedFile> barrier, boolean readOnly, boolean readOnlyFileSystem,
            List<InspectedFile> tokens) {
        return new DirectoryInspection(TOKENS, Optional.empty(), barrier, readOnly, readOnlyFileSystem, "ext4", false, -1,
                tokens,
                List.of(), List.of(), Optional.empty(), DirectoryExposure.PRIVATE);
    }

    private static String ofBarrier(Path path, boolean own, boolean readOnlyFileSystem) {
        return AccessFix.ofBarrier(inspection(Optional.of(directory(path, own)), true, readOnlyFileSystem, List.of()));
    }

    @Test
    void anOwnDirectoryIsOpenedForItsOwner() {
        assertThat(ofBarrier(TOKENS, true, false)).isEqualTo("chmod 700 '/home/me/my tokens'");
        assertThat(ofBarrier(Path.of("/home/me"), true, false)).isEqualTo("chmod u+x /home/me");
    }

    @Test
    void theDirectoryOfSomebodyElseIsAskedForOrLeft() {
        assertThat(ofBarrier(TOKENS, false, false))
                .isEqualTo("sudo install -d -m 0700 -o \"$(id -u)\" '/home/me/my tokens', or " + AccessFix.ELSEWHERE);
        assertThat(ofBarrier(Path.of("/home/me"), false, false)).isEqualTo("have ada let you in, or " + AccessFix.ELSEWHERE);
        assertThat(ofBarrier(TOKENS, true, true)).isEqualTo(AccessFix.ELSEWHERE);
    }

    @Test
    void anUnreadableTokenIsNotReplacedWhereNothingCanBeWritten() {
        List<InspectedFile> own = List.of(token(true));
        assertThat(AccessFix.ofFile(List.of(inspection(Optional.empty(), true, false, own)), "corporate"))
                .contains("chmod u+r '" + TOKEN + "'");
        assertThat(AccessFix.ofFile(List.of(inspection(Optional.empty(), true, true, own)), "corporate"))
                .contains("have it mounted readable for you, or " + AccessFix.ELSEWHERE);
        assertThat(AccessFix.ofFile(List.of(inspection(Optional.empty(), false, false, List.of(token(false)))), "corporate"))
                .contains("have ada give it to you, or rm -f '" + TOKEN + "' and log in again");
        assertThat(AccessFix.ofFile(List.of(inspection(Optional.empty(), true, false, List.of(token(false)))), "corporate"))
                .contains("have ada give it to you, or " + AccessFix.ELSEWHERE);
        assertThat(AccessFix.ofFile(List.of(inspection(Optional.empty(), true, false, own)), "github")).isEmpty();
    }
}
