package io.quarkiverse.tokenstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;

/** What each operation of {@link StorageBenchmark} cannot do without, on the same files and the same sizes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PrimitivesBenchmark {

    private final JsonFactory json = new JsonFactory();
    private Workspace workspace;
    private AgePrimitives age;
    private ValuePrimitives values;
    private AgePrimitives.Wrapped wrapped;
    private byte[] dataKey;
    private byte[] document;
    private Path[] files;
    private int next;

    @Setup
    public void files() throws GeneralSecurityException, IOException {
        workspace = Workspace.create();
        files = new Path[StorageBenchmark.CHANGED_FILES];
        try (CloseableTokenStorage storage = workspace.storage()) {
            for (int i = 0; i < files.length; i++) {
                storage.save("p" + i, Workspace.token(i));
                files[i] = workspace.file("p" + i);
            }
        }
        document = FilePrimitives.read(files[0]);
        age = new AgePrimitives();
        values = new ValuePrimitives(document);
        dataKey = new byte[32];
        wrapped = age.wrap(dataKey);
    }

    @TearDown
    public void close() {
        workspace.close();
    }

    /** Read, X25519, HKDF, ChaCha20-Poly1305, AES-GCM. */
    @Benchmark
    public void loadChanged(Blackhole hole) throws GeneralSecurityException, IOException {
        next = (next + 1) % files.length;
        hole.consume(FilePrimitives.read(files[next]));
        hole.consume(age.unwrap(wrapped));
        hole.consume(values.decryptAll());
    }

    /** Read, AES-GCM, SHA-512, JSON parse. */
    @Benchmark
    public void loadUnchanged(Blackhole hole) throws GeneralSecurityException, IOException {
        byte[] content = FilePrimitives.read(files[0]);
        parse(content, hole);
        hole.consume(values.decryptAll());
        hole.consume(values.digest());
    }

    /** X25519 twice, HKDF, ChaCha20-Poly1305, AES-GCM, write, fsync, rename, fsync. */
    @Benchmark
    public void save(Blackhole hole) throws GeneralSecurityException, IOException {
        hole.consume(age.wrap(dataKey));
        hole.consume(values.encryptAll(dataKey));
        FilePrimitives.replace(workspace.tokens(), workspace.tokens().resolve(".tmp"), files[0], document);
    }

    /** The file operations of a save alone: what is left of it is computation. */
    @Benchmark
    public void replace() throws IOException {
        FilePrimitives.replace(workspace.tokens(), workspace.tokens().resolve(".tmp"), files[0], document);
    }

    private void parse(byte[] content, Blackhole hole) throws IOException {
        try (JsonParser parser = json.createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    hole.consume(parser.getText());
                }
            }
        }
    }
}
