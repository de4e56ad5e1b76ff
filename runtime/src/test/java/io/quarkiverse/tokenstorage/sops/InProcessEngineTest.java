package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.value.AssociatedData;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

class InProcessEngineTest {

    private static final JsonObject TOKEN = JsonObject.builder().add("access_token", "secret").add("x_unencrypted", "y")
            .build();

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-03T15:30:00.987Z"), ZoneOffset.UTC);
    private final FixedKeyService age = new FixedKeyService(KeyKind.AGE);
    private final FixedKeyService pgp = new FixedKeyService(KeyKind.PGP);
    private final InProcessEngine engine = engine(DataKeyCache.off(), age);

    private InProcessEngine engine(DataKeyCache cache, KeyService... services) {
        return new InProcessEngine(List.of(services), clock, new SecureRandom(), cache);
    }

    private static byte[] encrypt(InProcessEngine engine, CreationRule rule, JsonObject plain) {
        try (PreparedEncryption encryption = engine.prepare(rule)) {
            return encryption.encrypt(plain);
        }
    }

    private byte[] encrypted() {
        return encrypt(engine, FixedKeyService.rule(age.masterKey("age1one")), TOKEN);
    }

    private static byte[] replace(byte[] file, String found, String replacement) {
        String text = new String(file, StandardCharsets.UTF_8);
        assertThat(text).contains(found);
        return text.replace(found, replacement).getBytes(StandardCharsets.UTF_8);
    }

    private static CreationRule rule(List<List<MasterKey>> groups, Optional<Selector> selector, int indent) {
        return new CreationRule("/home/me/.sops.yaml, rule 2", groups, 0, selector, false, indent);
    }

    @Test
    void writesTheBlockOfSops() {
        CreationRule rule = new CreationRule("test", List.of(List.of(age.masterKey("age1one"), age.masterKey("age1two"))), 3,
                Optional.of(new Selector(Selector.Kind.ENCRYPTED_REGEX, "_token$")), true, 2);
        String file = new String(encrypt(engine, rule, TOKEN), StandardCharsets.UTF_8)
                .replaceAll("ENC\\[[^]]*type:str]", "ENC").replaceAll("wrapped:[0-9a-f]{64}", "WRAPPED");
        assertThat(file).isEqualTo("""
                {
                  "access_token": "ENC",
                  "x_unencrypted": "y",
                  "sops": {
                    "age": [
                      {
                        "enc": "WRAPPED",
                        "recipient": "age1one"
                      },
                      {
                        "enc": "WRAPPED",
                        "recipient": "age1two"
                      }
                    ],
                    "encrypted_regex": "_token$",
                    "lastmodified": "2026-01-03T15:30:00Z",
                    "mac": "ENC",
                    "mac_only_encrypted": true,
                    "shamir_threshold": 3,
                    "version": "3.13.2"
                  }
                }
                """);
    }

    @Test
    void usesANewDataKeyAndNewVectorsEachTime() {
        JsonObject twice = JsonObject.builder().add("a", "same").add("a", "same").build();
        CreationRule rule = FixedKeyService.rule(age.masterKey("age1one"));
        SopsDocument first = SopsDocument.parse(encrypt(engine, rule, twice), "f");
        SopsDocument second = SopsDocument.parse(encrypt(engine, rule, twice), "f");
        assertThat(first.tree().members().get(0)).isNotEqualTo(first.tree().members().get(1));
        assertThat(first.metadata().keyGroups()).isNotEqualTo(second.metadata().keyGroups());
    }

    @Test
    void refusesToEncryptTwice() {
        byte[] file = encrypted();
        JsonObject already = JsonReader.read(file, "f");
        assertThat(SopsDocument.isEncrypted(already)).isTrue();
        assertThat(SopsDocument.isEncrypted(TOKEN)).isFalse();
        CreationRule rule = FixedKeyService.rule(age.masterKey("age1one"));
        for (JsonObject document : List.of(already, JsonObject.builder().add("sops", "x").build())) {
            assertThatThrownBy(() -> encrypt(engine, rule, document)).isInstanceOf(AlreadyEncryptedException.class)
                    .hasMessageContaining("top-level member 'sops'");
        }
        JsonObject nested = JsonObject.builder().add("a", JsonObject.builder().add("sops", "x").build()).build();
        assertThat(engine.decrypt(encrypt(engine, rule, nested), "f")).isEqualTo(nested);
        try (PreparedEncryption encryption = engine.prepare(rule)) {
            encryption.encrypt(TOKEN);
            assertThatThrownBy(() -> encryption.encrypt(TOKEN)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesRulesThatCannotBeFollowed() {
        List<MasterKey> group = List.of(age.masterKey("age1one"));
        for (List<List<MasterKey>> none : List.<List<List<MasterKey>>> of(List.of(), List.of(List.of()))) {
            assertThatThrownBy(() -> engine.prepare(rule(none, Optional.empty(), -1)))
                    .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("names no keys");
        }
        Selector invalid = new Selector(Selector.Kind.ENCRYPTED_REGEX, "^(data");
        assertThatThrownBy(() -> engine.prepare(rule(List.of(group), Optional.of(invalid), -1)))
                .isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith(
                        "/home/me/.sops.yaml, rule 2: encrypted_regex '^(data' is not a valid RE2 expression: ");
        assertThatThrownBy(() -> engine.prepare(rule(List.of(group), Optional.empty(), -2)))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("indentation");
    }

    @Test
    void asksForTheKeyOnceIfItMayRemember() {
        InProcessEngine caching = engine(new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, DataKeyCache.DEFAULT_LIFETIME, clock),
                age);
        byte[] foreign = encrypted();
        for (int i = 0; i < 3; i++) {
            assertThat(caching.decrypt(foreign, "f")).isEqualTo(TOKEN);
        }
        assertThat(age.unwraps).isEqualTo(1);
        byte[] own = encrypt(caching, FixedKeyService.rule(age.masterKey("age1one")), TOKEN);
        assertThat(caching.decrypt(own, "f")).isEqualTo(TOKEN);
        assertThat(age.unwraps).isEqualTo(1);
        // The code is checked all the same
        assertThatThrownBy(() -> caching.decrypt(replace(own, "\"y\"", "\"z\""), "f"))
                .isInstanceOf(DamagedDocumentException.class);
        caching.close();
        assertThat(age.closed).isTrue();
        assertThat(caching.decrypt(own, "f")).isEqualTo(TOKEN);
        assertThat(age.unwraps).isEqualTo(2);
    }

    @Test
    void doesNotRememberAKeyThatDoesNotFit() {
        InProcessEngine caching = engine(new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, DataKeyCache.DEFAULT_LIFETIME, clock),
                age);
        byte[] wrong = replace(encrypted(), "\"enc\": \"wrapped:", "\"enc\": \"wrapped:0011");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> caching.decrypt(wrong, "f")).isInstanceOf(DamagedDocumentException.class);
        }
        assertThat(age.unwraps).isEqualTo(2);
    }

    @Test
    void triesAgeThenPgpThenTheOthers() {
        InProcessEngine both = engine(DataKeyCache.off(), age, pgp);
        byte[] file = encrypt(both, FixedKeyService.rule(age.masterKey("age1one")), TOKEN);
        String keys = "\"kms\": [{\"arn\": \"arn:aws:kms:1\", \"enc\": \"k\", \"created_at\": \"2026-01-03T15:30:00Z\"}],"
                + "\"pgp\": [{\"fp\": \"AA BB\", \"enc\": \"p\", \"created_at\": \"2026-01-03T15:30:00Z\"}], \"age\": [";
        byte[] several = replace(file, "\"age\": [", keys);
        assertThat(both.decrypt(several, "f")).isEqualTo(TOKEN);
        assertThat(pgp.unwraps).isZero();
        byte[] noneFits = replace(several, "wrapped:", "other:");
        assertThatThrownBy(() -> both.decrypt(noneFits, "f")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage(
                        "f: no key at hand opens it. age age1one: not wrapped by this key; pgp AABB: not wrapped by this key;"
                                + " kms arn:aws:kms:1: this kind of key is not built in");
        assertThat(pgp.unwraps).isEqualTo(1);
    }

    @Test
    void namesWhatIsNotBuiltIn() {
        byte[] file = encrypted();
        assertThatThrownBy(() -> engine(DataKeyCache.off(), pgp).decrypt(file, "f"))
                .isInstanceOf(DataKeyUnavailableException.class)
                .hasMessage("f: its keys are of the kind age, which is not built in: set"
                        + " auth.storage.sops.engine=executable to have the sops program use them");
        assertThat(age.unwraps).isZero();
    }

    @Test
    void boundsHostileBlocks() {
        byte[] file = replace(encrypted(), "wrapped:", "other:");
        String entry = "{\"recipient\": \"age1\\n\\u202e" + "x".repeat(10_000) + "\", \"enc\": \"\"},";
        byte[] many = replace(file, "\"age\": [", "\"age\": [" + entry.repeat(200));
        assertThatThrownBy(() -> engine.decrypt(many, "f")).isInstanceOf(DataKeyUnavailableException.class)
                .hasMessageContaining("and 196 more")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(5000).doesNotContain("\n", "\u202e"));
        byte[] tooMany = replace(file, "\"age\": [", "\"age\": [" + "{},".repeat(100_000));
        assertThatThrownBy(() -> engine.decrypt(tooMany, "f")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("more than 256 key entries");
        byte[] huge = replace(file, "other:", "other:" + "0".repeat(1_000_000));
        assertThatThrownBy(() -> engine.decrypt(huge, "f")).isInstanceOf(DamagedDocumentException.class)
                .hasMessage("f: sops.age[0].enc is longer than 65536 characters");
    }

    @Test
    void boundsThePathOfAValue() {
        JsonObject document = JsonObject.builder().add("a".repeat(AssociatedData.MAX_LENGTH), "x").build();
        assertThatThrownBy(() -> encrypt(engine, FixedKeyService.rule(age.masterKey("age1one")), document))
                .isInstanceOf(JsonException.class).hasMessageContaining("longer than 65536 bytes");
        byte[] changed = replace(encrypted(), "access_token", "a".repeat(AssociatedData.MAX_LENGTH));
        assertThatThrownBy(() -> engine.decrypt(changed, "f")).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void canReadANegativeZeroInClear() {
        JsonObject document = JsonObject.builder().add("n_unencrypted", new JsonFloat(-0.0)).add("n", new JsonFloat(-0.0))
                .build();
        JsonObject read = engine.decrypt(encrypt(engine, FixedKeyService.rule(age.masterKey("age1one")), document), "f");
        assertThat(read).isEqualTo(
                JsonObject.builder().add("n_unencrypted", new JsonInteger(0)).add("n", new JsonFloat(-0.0)).build());
    }

    @Test
    void saysThatAPlainFileIsNotEncrypted() {
        assertThatThrownBy(() -> engine.decrypt("{\"a\": \"SECRET\"}".getBytes(StandardCharsets.UTF_8), "f"))
                .isInstanceOf(DamagedDocumentException.class).hasMessage("f: not encrypted with SOPS, it has no sops block");
        assertThatThrownBy(() -> engine.decrypt("SECRET".getBytes(StandardCharsets.UTF_8), "f"))
                .isInstanceOf(DamagedDocumentException.class).hasNoCause().hasMessageNotContaining("SECRET");
    }

    @Test
    void preparedEncryptionZeroesItsKey() {
        DataKey[] seen = new DataKey[1];
        MasterKey spy = new MasterKey() {
            @Override
            public KeyKind kind() {
                return KeyKind.AGE;
            }

            @Override
            public String identity() {
                return "age1spy";
            }

            @Override
            public KeyEntry wrap(DataKey dataKey) {
                seen[0] = dataKey;
                throw new StorageNotConfiguredException("cannot");
            }
        };
        assertThatThrownBy(() -> engine.prepare(FixedKeyService.rule(spy))).isInstanceOf(StorageNotConfiguredException.class);
        assertThatThrownBy(() -> seen[0].bytes()).isInstanceOf(IllegalStateException.class);
        PreparedEncryption encryption = engine.prepare(FixedKeyService.rule(age.masterKey("age1one")));
        encryption.close();
        assertThatThrownBy(() -> encryption.encrypt(TOKEN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsTheMasterKeysAtHand() {
        assertThat(engine.ownMasterKeys(KeyKind.AGE)).hasValueSatisfying(keys -> assertThat(keys).containsExactly("age1test"));
        assertThat(engine.ownMasterKeys(KeyKind.KMS)).isEmpty();
        assertThatThrownBy(() -> engine(DataKeyCache.off(), age, age)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isSafeForManyThreads() {
        InProcessEngine caching = engine(new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, DataKeyCache.DEFAULT_LIFETIME, clock),
                new FixedKeyService(KeyKind.AGE));
        byte[][] files = { encrypted(), encrypted(), encrypted() };
        List<JsonObject> results = Arrays.asList(new JsonObject[600]).parallelStream().map(nothing -> caching
                .decrypt(files[(int) (Thread.currentThread().getId() % files.length)], "f")).toList();
        assertThat(results).allMatch(TOKEN::equals);
    }
}
