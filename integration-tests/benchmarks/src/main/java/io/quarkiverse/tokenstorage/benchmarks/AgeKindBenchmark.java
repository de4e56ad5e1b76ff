package io.quarkiverse.tokenstorage.benchmarks;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/** Loads and saves with each kind of age key, nothing cached, beside the bare asymmetric operations. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AgeKindBenchmark {

    @Param
    public AgeKind kind;

    private Workspace workspace;
    private CloseableTokenStorage storage;
    private KindPrimitives bare;
    private int next;

    @Setup
    public void files() throws GeneralSecurityException {
        workspace = Workspace.create(kind);
        storage = TokenStorages.sops(workspace.tokens(), workspace.options().withDataKeyLifetime(Duration.ZERO));
        storage.save("p", Workspace.token(0));
        bare = KindPrimitives.of(kind);
    }

    @TearDown
    public void close() {
        storage.close();
        workspace.close();
    }

    @Benchmark
    public Optional<AuthToken> load() {
        return storage.load("p");
    }

    @Benchmark
    public void save() {
        storage.save("p", Workspace.token(next++));
    }

    @Benchmark
    public byte[] bareUnwrap() throws GeneralSecurityException {
        return bare.unwrap();
    }

    @Benchmark
    public byte[] bareWrap() throws GeneralSecurityException {
        return bare.wrap();
    }
}
