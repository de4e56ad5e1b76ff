package io.quarkiverse.tokenstorage.interop.conformance.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.it.programs.KmsServer;

/** All kinds of keys, and the one server that those of AWS KMS are kept by: its start takes seconds. Thread-safe. */
public final class KeyCases implements AutoCloseable {

    private final Path kmsLog;
    private final ReentrantLock lock = new ReentrantLock();
    private KmsServer kms;

    /** @param kmsLog gets what the server says, which is started when it is first asked for a key */
    public KeyCases(Path kmsLog) {
        this.kmsLog = kmsLog;
    }

    /** New ones for each test, which closes them. */
    public List<KeyCase> all() {
        return List.of(new AgeKeys(), new PassphraseKeys(), new SshKeys("ed25519"), new SshKeys("rsa"), new PostQuantumKeys(),
                new PgpKeys(), new KmsKeys(this::kmsServer), new SplitKeys(), new EngineKeys());
    }

    /** @param context a YAML flow mapping */
    public KeyCase kmsWithContext(String context) {
        return new KmsKeys(this::kmsServer, context);
    }

    private KmsServer kmsServer() {
        lock.lock();
        try {
            if (kms == null) {
                kms = KmsServer.start(kmsLog);
            }
            return kms;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (kms != null) {
            kms.close();
        }
    }
}
