package io.quarkiverse.tokenstorage.cli;

/** What the process tells its caller. Scripts rely on these numbers: they never change. */
public final class ExitCode {

    public static final int SUCCESS = 0;

    /** Something went wrong, wrong arguments included. */
    public static final int ERROR = 1;

    /** There is no token, or it has expired: log in again. */
    public static final int NOT_LOGGED_IN = 2;

    /** Nothing is wrong with the request: what it needs is not set up, or set up wrongly. */
    public static final int CONFIGURATION = 3;

    private ExitCode() {
    }
}
