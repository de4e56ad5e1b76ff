package io.quarkiverse.tokenstorage.deployment.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.JdkX25519;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;
import io.quarkus.test.QuarkusDevModeTest;

/** The questions that the pages of the Dev UI ask, put to an application in development mode. */
public class DevUiTest {

    private static final int PORT = DevModePort.choose();
    private static final Path HOME = newDirectory();
    private static final Path TOKENS = HOME.resolve("tokens");
    private static final Path KEYS = HOME.resolve("keys.txt");
    private static final String RECIPIENT = newIdentity(KEYS);

    private static final String SIGNATURE = "c2lnbmF0dXJlLW9mLW5vLWtleQ";
    private static final String JWT = encoded("{\"alg\":\"ES256\",\"kid\":\"k1\"}") + "."
            + encoded("{\"iss\":\"https://corp.example\",\"exp\":1767454200,\"aud\":[\"a\",\"b\"]}") + "." + SIGNATURE;
    private static final String RESPONSE = "{\"access_token\": \"" + JWT + "\", \"refresh_token\": \"rt-planted\","
            + " \"scope\": \"openid profile\", \"expires_in\": 3600, \"client_secret\": \"cs-planted\"}";

    @RegisterExtension
    static final QuarkusDevModeTest TEST = new QuarkusDevModeTest().withApplicationRoot(archive -> archive
            .addClass(LockingResource.class).addAsResource(new StringAsset(String.join("\n",
                    "auth.storage.sops.directory=" + TOKENS,
                    "auth.storage.sops.age.key-file=" + KEYS,
                    "auth.storage.sops.age.recipients=" + RECIPIENT,
                    "auth.providers.\"scratch.example\".token-storage=memory",
                    "auth.default-provider=github")), "application.properties"));

    private DevUiClient client;

    @BeforeEach
    void connect() throws Exception {
        client = DevUiClient.connect(PORT);
    }

    @AfterEach
    void forgetTokens() throws IOException {
        client.close();
        try (Stream<Path> files = Files.walk(TOKENS)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void noTokenLeavesTheProcessUnlessItWasAskedFor() throws Exception {
        for (String response : List.of("{\"access_token\": \"planted", "{\"access_token\": {\"planted\": 1}}", "planted",
                "{\"error\": \"planted\"}", "")) {
            JsonNode refusal = ask("importToken", "provider", "corp.example", "response", response);
            assertThat(refusal.get("done").asBoolean()).isFalse();
            assertThat(refusal.get("message").asText()).startsWith("The pasted text").doesNotContain("planted");
        }
        assertThat(ask("importToken", "provider", "../planted", "response", RESPONSE).get("done").asBoolean()).isFalse();
        assertThat(TOKENS).doesNotExist();

        assertThat(ask("importToken", "provider", "corp.example", "response", RESPONSE).toString())
                .isEqualTo("{\"done\":true,\"message\":\"Stored the token of corp.example\"}");
        assertThat(ask("importToken", "provider", "scratch.example", "response", RESPONSE).get("done").asBoolean()).isTrue();

        JsonNode list = list();
        JsonNode entry = entry(list, "corp.example");
        assertThat(entry.get("state").asText()).isEqualTo("READABLE");
        assertThat(entry.get("backend").asText()).isEqualTo("sops");
        assertThat(entry.get("refreshable").asBoolean()).isTrue();
        assertThat(entry.get("scopes")).hasToString("[\"openid\",\"profile\"]");
        assertThat(entry.get("file").get("name").asText()).isEqualTo("corp.example.token.sops.json");
        assertThat(entry.get("file").get("mode").asText()).isEqualTo("0400");
        assertThat(entry.get("encryption").get("recipients").get(0).get("identity").asText()).isEqualTo(RECIPIENT);
        assertThat(entry.get("encryption").get("rule").asText()).isEqualTo("auth.storage.sops.age.recipients");
        assertThat(entry.get("encryption").get("sameKeys").asBoolean()).isTrue();
        assertThat(Instant.ofEpochMilli(entry.get("expiresAt").asLong())).isBetween(Instant.now().plusSeconds(3000),
                Instant.now().plusSeconds(3600));
        assertThat(entry(list, "scratch.example").get("backend").asText()).isEqualTo("memory");
        assertThat(entry(list, "github").get("state").asText()).isEqualTo("ABSENT");
        assertThat(ask("count").asInt()).isEqualTo(2);

        JsonNode details = ask("details", "provider", "corp.example");
        JsonNode access = details.get("parts").get(0);
        assertThat(access.get("length").asInt()).isEqualTo(JWT.length());
        assertThat(access.get("jwt").get("header").get(0).get("value").asText()).isEqualTo("ES256");
        JsonNode claims = access.get("jwt").get("claims");
        assertThat(claims.get(0).get("value").asText()).isEqualTo("https://corp.example");
        assertThat(claims.get(1).get("moment").asLong()).isEqualTo(1_767_454_200_000L);
        assertThat(claims.get(2).get("meaning").asText()).isEqualTo("audience");
        assertThat(details.get("others")).hasToString("[\"client_secret\"]");

        assertThat(list + " " + details + ask("refresh") + ask("diagnose")).doesNotContain("planted").doesNotContain(SIGNATURE)
                .doesNotContain(JWT.substring(0, 20));
        assertThat(ask("reveal", "provider", "corp.example", "member", "access_token").get("token").asText()).isEqualTo(JWT);
        assertThat(ask("reveal", "provider", "scratch.example", "member", "refresh_token").get("token").asText())
                .isEqualTo("rt-planted");
        assertThat(ask("reveal", "provider", "corp.example", "member", "client_secret").has("token")).isFalse();

        String seen = entry(list(), "scratch.example").get("version").asText();
        assertThat(
                ask("importToken", "provider", "scratch.example", "response", RESPONSE.replace("rt-", "new-rt-"), "seen", seen)
                        .get("done").asBoolean())
                .isTrue();
        assertThat(ask("delete", "provider", "scratch.example", "seen", seen).get("message").asText())
                .isEqualTo(
                        "The token of scratch.example has changed meanwhile, so nothing was changed: look at it, then try again");
        assertThat(ask("delete", "provider", "scratch.example", "seen",
                entry(list(), "scratch.example").get("version").asText()).get("done").asBoolean()).isTrue();
        assertThat(ask("delete", "provider", "scratch.example").get("done").asBoolean()).isFalse();
        assertThat(entry(list(), "scratch.example").get("state").asText()).isEqualTo("ABSENT");
    }

    @Test
    void whatCannotBeReadIsShownWithItsCauseAndTheChangesOfOthersAreSeen() throws Exception {
        assertThatPagesOfOtherSitesMayNotAsk();
        Path otherKeys = HOME.resolve("other-keys.txt");
        try (var own = TokenStorages.sops(TOKENS, options(RECIPIENT, KEYS));
                var foreign = TokenStorages.sops(TOKENS, options(newIdentity(otherKeys), otherKeys))) {
            own.save("good", AuthToken.builder("at-planted").build());
            own.save("damaged", AuthToken.builder("at-planted").build());
            foreign.save("foreign", AuthToken.builder("at-planted").build());
            Path damaged = TOKENS.resolve("damaged.token.sops.json");
            Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(damaged, Files.readString(damaged).replaceFirst("mac\": \"ENC\\[", "mac\": \"BAD["));
            Files.createFile(TOKENS.resolve("empty.token.sops.json"));
            Files.writeString(TOKENS.resolve("clear.token.sops.json"), "{\"access_token\": \"planted\"}");
            Files.createSymbolicLink(TOKENS.resolve("link.token.sops.json"), KEYS);
            Files.writeString(TOKENS.resolve("plain.token.json"), "{\"access_token\": \"planted\"}");

            JsonNode list = list();
            // The first look has tightened modes that were too wide, as every use does
            long revision = list().get("revision").asLong();
            assertThat(states(list))
                    .isEqualTo("clear=NOT_ENCRYPTED damaged=DAMAGED empty=EMPTY foreign=NO_KEY github=ABSENT good=READABLE"
                            + " link=INACCESSIBLE plain=UNUSED scratch.example=ABSENT");
            assertThat(entry(list, "foreign").get("cause").asText()).contains(TOKENS.resolve("foreign.token.sops.json") + "");
            for (String provider : List.of("clear", "damaged", "empty", "foreign", "link")) {
                assertThat(entry(list, provider).get("fix").asText()).as(provider).isNotEmpty().doesNotContain("your-cli");
            }
            assertThat(list.toString()).doesNotContain("planted").doesNotContain(Files.readString(KEYS).lines()
                    .filter(line -> line.startsWith("AGE-SECRET-KEY")).findFirst().orElseThrow());
            JsonNode unchanged = ask("list", "known", revision);
            assertThat(unchanged.get("revision").asLong()).isEqualTo(revision);
            assertThat(unchanged.has("entries")).isFalse();

            own.save("good", AuthToken.builder("at-planted-2").scope(List.of("new")).build());
            own.save("later", AuthToken.builder("at-planted").build());
            JsonNode changed = list();
            assertThat(changed.get("revision").asLong()).isGreaterThan(revision);
            assertThat(entry(changed, "good").get("scopes")).hasToString("[\"new\"]");
            assertThat(entry(changed, "later").get("state").asText()).isEqualTo("READABLE");

            assertThat(whileLocked(own, "good", () -> entry(list(), "good")).get("lockedBy").asText())
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(entry(list(), "good").has("lockedBy")).isFalse();

            assertThat(ask("delete", "provider", "damaged", "seen",
                    entry(list(), "damaged").get("version").asText()).get("done").asBoolean()).isTrue();
            assertThat(damaged).doesNotExist();
        }
    }

    private static void assertThatPagesOfOtherSitesMayNotAsk() {
        assertThatThrownBy(() -> DevUiClient.connectFrom("https://evil.example", PORT)).cause().isInstanceOfSatisfying(
                WebSocketHandshakeException.class, refusal -> assertThat(refusal.getResponse().statusCode()).isEqualTo(403));
    }

    private static JsonNode whileLocked(TokenStorage storage, String provider, Question question) throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread holder = new Thread(() -> storage.update(provider, token -> {
            locked.countDown();
            try {
                asked.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return token;
        }));
        holder.start();
        try {
            assertThat(locked.await(20, TimeUnit.SECONDS)).isTrue();
            return question.ask();
        } finally {
            asked.countDown();
            holder.join();
        }
    }

    private interface Question {
        JsonNode ask() throws Exception;
    }

    private JsonNode ask(String method, Object... parameters) throws Exception {
        return client.ask(method, parameters);
    }

    /** A slow machine may need more than one question. */
    private JsonNode list() throws Exception {
        JsonNode list = ask("list", "known", -1);
        while (states(list).contains("=READING")) {
            list = ask("list", "known", -1);
        }
        return list;
    }

    private static JsonNode entry(JsonNode list, String provider) {
        for (JsonNode entry : list.get("entries")) {
            if (entry.get("provider").asText().equals(provider)) {
                return entry;
            }
        }
        throw new AssertionError("There is no " + provider + " in " + list);
    }

    private static String states(JsonNode list) {
        StringBuilder states = new StringBuilder();
        list.get("entries").forEach(entry -> states.append(entry.get("provider").asText()).append('=')
                .append(entry.get("state").asText()).append(' '));
        return states.toString().strip();
    }

    private static StorageOptions options(String recipient, Path keys) {
        return StorageOptions.defaults().withAgeRecipients(List.of(recipient)).withAgeKeyFile(keys)
                .withLockTimeout(Duration.ofSeconds(20));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String newIdentity(Path file) {
        return AgeIdentityFile.create(file, new JdkX25519(), new SecureRandom(), Clock.systemUTC());
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "dev-ui").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
