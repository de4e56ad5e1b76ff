package org.acme;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Rows of documents by name, wherever the application keeps such things. */
// tag::all[]
public interface TokenTable {

    Optional<byte[]> read(String name);

    Set<String> names();

    /** Runs {@code action} in a transaction that holds the lock of this row, also if there is no row yet. */
    <T> T locked(String name, Function<Row, T> action);

    interface Row {

        Optional<byte[]> read();

        void write(byte[] document);

        boolean delete();
    }
}
// end::all[]
