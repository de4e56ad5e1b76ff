package org.acme;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

/** A table without a database, with one lock for all rows. */
@ApplicationScoped
public class MapTable implements TokenTable {

    private final Map<String, byte[]> rows = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    @Override
    public Set<String> names() {
        return rows.keySet();
    }

    @Override
    public <T> T locked(String name, Function<Row, T> action) {
        lock.lock();
        try {
            return action.apply(new MapRow(name));
        } finally {
            lock.unlock();
        }
    }

    private final class MapRow implements Row {

        private final String name;

        private MapRow(String name) {
            this.name = name;
        }

        @Override
        public Optional<byte[]> read() {
            return MapTable.this.read(name);
        }

        @Override
        public void write(byte[] document) {
            rows.put(name, document);
        }

        @Override
        public boolean delete() {
            return rows.remove(name) != null;
        }
    }
}
