package io.quarkiverse.tokenstorage.deployment.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.TokenStorage;

/** Holds a lock in a thread that outlives the application; what it waits for and says goes through system properties. */
@Path("/")
public class LockingResource {

    static final String RELEASE = "token-storage.test.release";
    private static final String HOLDS = "token-storage.test.holds";
    private static final String GENERATION = "first: ";

    @Inject
    TokenStorage storage;

    @GET
    @Path("save")
    public String save() {
        storage.save("github", AuthToken.builder("access-1").build());
        return GENERATION + "saved";
    }

    @GET
    @Path("load")
    public String load() {
        return GENERATION + storage.load("github").map(AuthToken::accessToken).orElse("none");
    }

    @GET
    @Path("hold")
    public String hold() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        System.setProperty(HOLDS, "true");
        Thread holder = new Thread(() -> storage.update("github", token -> {
            held.countDown();
            await(RELEASE, "true");
            System.setProperty(HOLDS, "false");
            return token;
        }));
        holder.setDaemon(true);
        holder.start();
        return GENERATION + (held.await(10, TimeUnit.SECONDS) ? "held" : "not held");
    }

    @GET
    @Path("change")
    public String change() {
        try {
            storage.update("github", token -> Optional.of(AuthToken.builder("access-2").build()));
            return GENERATION + "changed";
        } catch (LockTimeoutException e) {
            return GENERATION + e.getClass().getSimpleName();
        }
    }

    @GET
    @Path("released")
    public String released() {
        return GENERATION + (await(HOLDS, "false") ? "released" : "still held");
    }

    private static boolean await(String property, String value) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!value.equals(System.getProperty(property)) && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return value.equals(System.getProperty(property));
    }
}
