package io.quarkiverse.tokenstorage.benchmarks;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;

/** Loads and saves of the SOPS storage with one age recipient. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StorageBenchmark {

    /** More than any cache of data keys holds, so that in turn each file is as if it had just been changed. */
    static final int CHANGED_FILES = 200;

    private Workspace workspace;
    private CloseableTokenStorage storage;
    private String[] providers;
    /** A directory of its own for saves, with as many providers as a person has. */
    private Workspace few;
    private CloseableTokenStorage fewStorage;
    private int next;

    @Setup
    public void files() {
        workspace = Workspace.create();
        storage = workspace.storage();
        providers = new String[CHANGED_FILES];
        for (int i = 0; i < CHANGED_FILES; i++) {
            providers[i] = "p" + i;
            storage.save(providers[i], Workspace.token(i));
        }
        few = Workspace.create();
        fewStorage = few.storage();
        for (int i = 0; i < 3; i++) {
            fewStorage.save(providers[i], Workspace.token(i));
        }
    }

    @TearDown
    public void close() {
        storage.close();
        workspace.close();
        fewStorage.close();
        few.close();
    }

    @Benchmark
    public Optional<AuthToken> loadChanged() {
        next = (next + 1) % CHANGED_FILES;
        return storage.load(providers[next]);
    }

    @Benchmark
    public Optional<AuthToken> loadUnchanged() {
        return fewStorage.load("p0");
    }

    @Benchmark
    public void save() {
        fewStorage.save("p0", Workspace.token(next++));
    }
}
