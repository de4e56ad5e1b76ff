package io.quarkiverse.tokenstorage.sops.kms;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Our clients, one for each way of access, as long as they work. The least recently used goes when there are too many: a
 * document can name any number of roles. A client is closed when its last user has returned it.
 */
final class ClientPool implements AutoCloseable {

    static final int MOST_CLIENTS = 16;

    /** A client and how many threads use it. */
    private static final class Pooled {

        private final AwsClient client;
        private int users;
        private boolean retired;

        private Pooled(AwsClient client) {
            this.client = client;
        }
    }

    private final Function<AwsClient.Access, AwsClient> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AwsClient.Access, Pooled> pool = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    ClientPool(Function<AwsClient.Access, AwsClient> opening) {
        this.opening = opening;
    }

    /** A client for use until it is closed. */
    Lease lease(AwsClient.Access access) {
        List<AwsClient> unused = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The AWS KMS keys are closed");
            }
            Pooled pooled = pool.computeIfAbsent(access, absent -> new Pooled(opening.apply(absent)));
            pooled.users++;
            for (Iterator<Pooled> eldest = pool.values().iterator(); pool.size() > MOST_CLIENTS;) {
                Pooled old = eldest.next();
                eldest.remove();
                retire(old, unused);
            }
            return new Lease(access, pooled);
        } finally {
            lock.unlock();
            unused.forEach(AwsClient::close);
        }
    }

    private static void retire(Pooled pooled, List<AwsClient> unused) {
        pooled.retired = true;
        if (pooled.users == 0) {
            unused.add(pooled.client);
        }
    }

    @Override
    public void close() {
        List<AwsClient> unused = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            pool.values().forEach(pooled -> retire(pooled, unused));
            pool.clear();
        } finally {
            lock.unlock();
        }
        unused.forEach(AwsClient::close);
    }

    /** The use of a client by one thread; closing returns it. */
    final class Lease implements AutoCloseable {

        private final AwsClient.Access access;
        private final Pooled pooled;
        private boolean kept;

        private Lease(AwsClient.Access access, Pooled pooled) {
            this.access = access;
            this.pooled = pooled;
        }

        AwsClient client() {
            return pooled.client;
        }

        /** Lets others have this client too; without that the next one looks for credentials afresh. */
        void keep() {
            kept = true;
        }

        @Override
        public void close() {
            boolean last;
            lock.lock();
            try {
                if (!kept) {
                    pool.remove(access, pooled);
                    pooled.retired = true;
                }
                last = --pooled.users == 0 && pooled.retired;
            } finally {
                lock.unlock();
            }
            if (last) {
                pooled.client.close();
            }
        }
    }
}
