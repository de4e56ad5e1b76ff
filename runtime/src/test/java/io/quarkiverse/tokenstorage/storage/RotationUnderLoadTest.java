package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.ChildJvm;

/**
 * Keys are changed while other processes read and refresh the tokens, and the changing process is killed.
 * {@code -Dtokenstorage.test.rotation-kills=1000} does that more often, {@code -Dtokenstorage.test.seed=} repeats the pauses of
 * an earlier run.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RotationUnderLoadTest {

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(60);

    @TempDir
    Path directory;
    private SopsHome home;

    @BeforeEach
    void makeHome() {
        home = SopsHome.make(directory);
    }

    private static AuthToken token(int number) {
        return AuthToken.builder("access").refreshToken(Integer.toString(number)).build();
    }

    @Test
    void noRefreshIsLostAndEveryLoadSucceeds() throws Exception {
        int updates = 150;
        try (SopsTokenStorage storage = home.open()) {
            storage.save("github", token(0));
            List<String> changes;
            try (ChildJvm rotator = RotationProcess.start("rotate", home.path(), "github");
                    ChildJvm first = RotationProcess.start("update", home.path(), "github", "" + updates);
                    ChildJvm second = RotationProcess.start("update", home.path(), "github", "" + updates)) {
                int last = 0;
                for (int loads = 0; last < 2 * updates; loads++) {
                    int now = Integer.parseInt(storage.load("github").orElseThrow().refreshToken().orElseThrow());
                    assertThat(now).as("after load %d", loads).isGreaterThanOrEqualTo(last);
                    last = now;
                }
                assertThat(first.line()).isEqualTo("done");
                assertThat(second.line()).isEqualTo("done");
                changes = rotator.release().lines().toList();
            }
            assertThat(changes).hasSizeGreaterThan(10).allSatisfy(line -> assertThat(line).startsWith("github "))
                    .contains("github true");
            assertThat(storage.load("github")).contains(token(2 * updates));
        }
    }

    @Test
    void aKilledRotationLeavesEveryTokenReadable() throws Exception {
        int kills = Integer.getInteger("tokenstorage.test.rotation-kills", 20);
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> providers = List.of("a", "b", "c");
        try (SopsTokenStorage storage = home.open()) {
            providers.forEach(provider -> storage.save(provider, token(1)));
        }
        int changes = 0;
        int leftOvers = 0;
        for (int kill = 0; kill < kills; kill++) {
            try (ChildJvm rotator = RotationProcess.start("rotate", home.path(), "a", "b", "c")) {
                assertThat(rotator.line()).as("kill %d, seed %d", kill, seed).startsWith("a ");
                LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
                rotator.kill();
                List<String> rest = rotator.rest();
                changes += rest.size();
                assertThat(rest).noneMatch(line -> line.startsWith("FAILED"));
            }
            try (SopsTokenStorage storage = home.open()) {
                for (String provider : providers) {
                    assertThat(storage.load(provider)).as("kill %d, seed %d", kill, seed).contains(token(1));
                }
            }
            leftOvers += temporaries().size();
        }
        // Whoever runs it again finishes it
        try (SopsTokenStorage storage = home.openFor(SopsHome.OTHER, SopsHome.OWN)) {
            for (String provider : providers) {
                storage.rotate(provider);
            }
        }
        assertThat(temporaries()).isEmpty();
        home.identity(SopsHome.OTHER_IDENTITY);
        try (SopsTokenStorage other = home.open()) {
            for (String provider : providers) {
                assertThat(other.load(provider)).contains(token(1));
            }
        }
        System.out.printf("%d kills (seed %d) among %d changes of keys: every token readable; %d temporary files swept%n",
                kills,
                seed, changes, leftOvers);
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(home.tokens())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".tmp-")).toList();
        }
    }
}
