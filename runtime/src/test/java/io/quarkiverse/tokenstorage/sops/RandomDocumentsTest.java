package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

class RandomDocumentsTest {

    private static final int DOCUMENTS = 1500;

    private final FixedKeyService service = new FixedKeyService(KeyKind.AGE);
    private final InProcessEngine engine = new InProcessEngine(List.of(service), Clock.systemUTC(), new SecureRandom(),
            DataKeyCache.off());

    @Test
    void comeBackAsTheyWereUnderEverySelector() {
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        System.out.println("RandomDocumentsTest: repeat with -Dtokenstorage.test.seed=" + seed);
        RandomDocuments documents = new RandomDocuments(seed);
        Selector[] selectors = { Selector.DEFAULT, new Selector(Selector.Kind.ENCRYPTED_SUFFIX, "_enc"),
                new Selector(Selector.Kind.ENCRYPTED_REGEX, "^(a|to.*)"), new Selector(Selector.Kind.UNENCRYPTED_REGEX, "B$"),
                new Selector(Selector.Kind.UNENCRYPTED_COMMENT_REGEX, "x"),
                new Selector(Selector.Kind.ENCRYPTED_COMMENT_REGEX, "x") };
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonObject plain = documents.next();
            CreationRule rule = new CreationRule("test", List.of(List.of(service.masterKey("age1test"))), 0,
                    Optional.of(selectors[i % selectors.length]), i % 5 == 0, i % 4 - 1);
            byte[] encrypted;
            try (PreparedEncryption encryption = engine.prepare(rule)) {
                encrypted = encryption.encrypt(plain);
            }
            assertThat(engine.decrypt(encrypted, "file")).as("document %s of seed %s", i, seed).isEqualTo(plain);
            byte[] written = JsonWriter.write(plain, i % 4 - 1);
            assertThat(JsonReader.read(written, "file")).as("document %s of seed %s", i, seed).isEqualTo(plain);
        }
    }
}
