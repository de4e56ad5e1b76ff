package io.quarkiverse.tokenstorage.storage;

import java.util.List;

/** The names of the backends that need no bean of the application, as the configuration has them. */
public final class BuiltInBackends {

    /** Forgets all tokens when the process ends. */
    public static final String MEMORY = "memory";

    /** Files that whoever can read them understands. */
    public static final String FILE = "file";

    /** Encrypted files. */
    public static final String SOPS = "sops";

    /** All of them. */
    public static final List<String> ALL = List.of(MEMORY, FILE, SOPS);

    private BuiltInBackends() {
    }
}
