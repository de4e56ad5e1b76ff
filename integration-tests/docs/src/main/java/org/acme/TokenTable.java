package org.acme;

// tag::all[]
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Documents by name. Every method throws {@code StorageAccessException} if the database fails. Its message quotes neither a
 * document nor the message of the driver.
 */
public interface TokenTable {

    Optional<byte[]> read(String name);

    Set<String> names();

    /**
     * Runs {@code action} in a transaction that holds the lock of this name, also if there is no such row yet, and commits.
     * Throws {@code LockTimeoutException} if the lock is not free in time, and {@code StorageAccessException} if the commit
     * fails.
     */
    <T> T locked(String name, Function<Row, T> action);

    interface Row {

        Optional<byte[]> read();

        void write(byte[] document);

        boolean delete();
    }
}
// end::all[]
