package io.quarkiverse.tokenstorage.deployment.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** A free port for the applications that run in development mode, which would all take 8080. */
final class DevModePort {

    private static final int NUMBER = free();

    private DevModePort() {
    }

    /** Makes the next application in development mode listen on this port. */
    static int choose() {
        System.setProperty("quarkus.http.port", Integer.toString(NUMBER));
        return NUMBER;
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
