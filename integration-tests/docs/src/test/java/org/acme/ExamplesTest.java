package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import picocli.CommandLine;

/** The smaller examples of the pages do what the text says. */
@QuarkusTest
class ExamplesTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").build();

    @Inject
    TokenStorage tokens;

    @Inject
    @Identifier("file")
    TokenStorage plain;

    @Inject
    StorageExamination examination;

    @Inject
    Corporate corporate;

    @Inject
    KeyChanges keyChanges;

    @Inject
    PlainAndEncrypted plainAndEncrypted;

    @ConfigProperty(name = "auth.storage.sops.directory")
    Path directory;

    @Test
    void withoutATokenTheMessageSaysSo() {
        assertThatThrownBy(corporate::accessToken).hasMessage("Nobody has logged in to corporate");
    }

    @Test
    void oneStatementRefreshes() {
        TokenStorage memory = TokenStorages.memory();
        AuthToken fresh = AuthToken.builder("access-2").expiresAt(Instant.now().plusSeconds(60)).build();
        Refreshing refreshing = new Refreshing(memory, refreshToken -> {
            assertThat(refreshToken).isEqualTo("refresh-1");
            return fresh;
        });
        assertThat(refreshing.current()).isEmpty();

        memory.save("corporate", AuthToken.builder("access-1").refreshToken("refresh-1").expiresAt(Instant.now()).build());
        assertThat(refreshing.current()).contains(fresh);
        assertThat(refreshing.current()).as("not refreshed again").contains(fresh);
    }

    @Test
    void rotationEncryptsEachTokenAgain() throws IOException {
        tokens.save("github", TOKEN);
        Path file = directory.resolve("github.token.sops.json");
        byte[] before = Files.readAllBytes(file);

        keyChanges.rotateAll();

        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
        assertThat(tokens.load("github")).contains(TOKEN);
    }

    @Test
    void plainTokensMoveIntoTheEncryptedBackend() {
        plain.save("github", TOKEN);

        plainAndEncrypted.move();

        assertThat(plain.providers()).isEmpty();
        assertThat(tokens.load("github")).contains(TOKEN);
    }

    @Test
    void aServiceRunsTheDoctor() {
        assertThat(examination.isHealthy()).isTrue();
    }

    @Test
    void aCommandCallsTheApiWithTheToken() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        api.start();
        try {
            tokens.save("corporate", TOKEN);
            CallCommand command = new CallCommand();
            command.corporate = corporate;

            assertThat(new CommandLine(command).execute("http://localhost:" + api.getAddress().getPort())).isZero();
            assertThat(seen).containsExactly("Bearer access-1");
        } finally {
            tokens.delete("corporate");
            api.stop(0);
        }
    }

    @Test
    void theCommandLineHasTheMountedCommands() {
        assertThat(new CommandLine(new Acme()).getSubcommands()).containsOnlyKeys("auth", "secrets", "login", "call");
    }

    @AfterEach
    void logOut() {
        tokens.delete("github");
        plain.delete("github");
    }
}
