package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.content;
import static io.quarkiverse.tokenstorage.store.DirectoryStoreTest.save;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;

/**
 * Kills processes that save without pause. {@code -Dtokenstorage.test.kills=5000} does so more often than the usual build
 * has time for, {@code -Dtokenstorage.test.seed=} repeats the pauses of an earlier run.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class CrashTest {

    private static final int AT_ONCE = 4;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    Path directory;

    @Test
    void aKilledProcessLeavesTheOldOrTheNewDocumentAndNothingAfterTheNextSave() throws Exception {
        int kills = Integer.getInteger("tokenstorage.test.kills", 100);
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        Random random = new Random(seed);
        DirectoryStore store = new DirectoryStore(directory, DocumentNames.SOPS, Duration.ofSeconds(5));
        int[] saved = new int[AT_ONCE];
        int leftOvers = 0;
        for (int done = 0; done < kills; done += AT_ONCE) {
            ChildJvm[] children = new ChildJvm[AT_ONCE];
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    children[i] = StoreJvm.start("save-loop", directory.toString(), "SOPS", "p" + i,
                            Integer.toString(saved[i] + 1));
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    saved[i] = Integer.parseInt(children[i].line());
                    LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
                    children[i].kill();
                    for (String line = children[i].line(); line != null && !line.isEmpty(); line = children[i].line()) {
                        saved[i] = Integer.parseInt(line);
                    }
                    String document = content(store, "p" + i);
                    assertThat(document).as("the document of p%d after kill %d, seed %d", i, done, seed)
                            .isIn(StoreProcess.document(saved[i]), StoreProcess.document(saved[i] + 1));
                }
            } finally {
                for (ChildJvm child : children) {
                    if (child != null) {
                        child.close();
                    }
                }
            }
            leftOvers += temporaries();
        }
        for (int i = 0; i < AT_ONCE; i++) {
            save(store, "p" + i, "last");
            assertThat(content(store, "p" + i)).isEqualTo("last");
        }
        assertThat(temporaries()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.matches("\\.(lock|holder)-[0-9a-f]{16}")))
                    .containsExactlyInAnyOrder("p0.token.sops.json", "p1.token.sops.json", "p2.token.sops.json",
                            "p3.token.sops.json");
        }
        System.out.printf("%d kills (seed %d): no document lost; %d temporary files found and swept%n", kills, seed, leftOvers);
    }

    private int temporaries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith(".tmp-")).count();
        }
    }
}
