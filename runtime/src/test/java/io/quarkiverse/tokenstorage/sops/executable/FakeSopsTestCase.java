package io.quarkiverse.tokenstorage.sops.executable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.InProcessEngine;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

/** The engine with a program that does as it is told. What the real one does is in interop. */
@Timeout(60)
abstract class FakeSopsTestCase {

    static final String OWN = "age1904lqw0sqjrghz776y5yvue8p92kqmqkjtyghj62j6whgzrdkghqswr82d";
    static final String IDENTITY = "AGE-SECRET-KEY-1CSYHVC0LLR6GJJ54G03YVWK2C6XGA6MFH5DJAGD63XT6KVP7KVDSNZJ4RM";
    static final String STRANGER = "age1qdewcwnhxwm7lscqntplxqalvzxd3zjkptph2g6478sx3zfglpgs9hj84r";
    static final String SECRET = "pLaNtEdAcCeSs7531";
    static final byte[] PLAIN = bytes("{\"access_token\":\"" + SECRET + "\",\"n\":1,\"f\":1.0}");
    static final byte[] PROBE = bytes("{\"probe\":\"Shows that encryption works\"}");

    @TempDir
    Path directory;
    FakeSops sops;
    final Map<String, String> variables = new HashMap<>(Map.of("HOME", "/nowhere", "PATH", "/usr/bin:/bin"));
    AgeKeyService age;

    @BeforeEach
    void setUp() throws IOException {
        sops = new FakeSops(Files.createDirectory(directory.resolve("bin")));
        age = new AgeKeyService(environment(), Optional.empty(), FastestX25519.detect(), new SecureRandom());
    }

    @AfterEach
    void close() {
        age.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    HostEnvironment environment() {
        return new HostEnvironment(variables, directory, "?", OperatingSystem.LINUX);
    }

    ExecutableEngine engine() {
        return engine(sops.program().toString(), Duration.ofSeconds(30), Optional.empty());
    }

    ExecutableEngine engine(String program, Duration timeout, Optional<Path> keyFile) {
        return new ExecutableEngine(new SopsProgram(program, environment(), timeout), keyFile, List.of(age), kind -> false);
    }

    CreationRule rule(String recipient) {
        return new CreationRule("the rule", List.of(List.of(
                age.masterKey(JsonObject.builder().add("recipient", recipient).build(), "the rule"))), 0, Optional.empty(),
                false,
                -1);
    }

    CreationRule rule() {
        return rule(OWN);
    }

    /** What sops would write, made by the other engine. */
    byte[] encrypted(CreationRule rule, byte[] plain) {
        try (InProcessEngine builtIn = new InProcessEngine(List.of(), Clock.systemUTC(), new SecureRandom(),
                DataKeyCache.off());
                PreparedEncryption encryption = builtIn.prepare(rule)) {
            return encryption.encrypt(JsonReader.read(plain, "plain"));
        }
    }

    byte[] encrypt(CreationRule rule) {
        try (PreparedEncryption encryption = engine().prepare(rule)) {
            return encryption.encrypt(JsonReader.read(PLAIN, "plain"));
        }
    }
}
