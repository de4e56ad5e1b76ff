package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;

class EventLoopTest {

    @RegisterExtension
    static final QuarkusUnitTest TEST = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("auth.token-storage", "memory");

    @Inject
    TokenStorage storage;

    @Identifier("memory")
    @Inject
    TokenStorage memory;

    @Inject
    Vertx vertx;

    @Test
    void noMethodCanBeCalledOnTheEventLoop() {
        for (TokenStorage each : new TokenStorage[] { storage, memory }) {
            refused(() -> each.load("github"));
            refused(() -> each.exists("github"));
            refused(() -> each.delete("github"));
            refused(each::providers);
            refused(() -> each.update("github", token -> token));
            refused(() -> {
                each.save("github", AuthToken.builder("access-1").build());
                return null;
            });
        }
    }

    private void refused(Supplier<Object> call) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(nothing -> {
            try {
                call.get();
                failure.complete(new AssertionError("The call was not refused"));
            } catch (IllegalStateException e) {
                failure.complete(e);
            }
        });
        assertThat(failure).succeedsWithin(10, TimeUnit.SECONDS)
                .satisfies(refusal -> assertThat(refusal).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("cannot be called on the event loop (thread vert.x-eventloop-thread-")
                        .hasMessageEndingWith("annotate the calling method with @Blocking or @RunOnVirtualThread"));
    }
}
