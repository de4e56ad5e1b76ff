package io.quarkiverse.tokenstorage.sops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.Selector;

/** The same data key for other master keys: what may change in the document, and what not. */
class RewrapTest {

    private static final JsonObject TOKEN = JsonObject.builder().add("access_token", "secret").add("scope", "openid").build();

    private final FixedKeyService age = new FixedKeyService(KeyKind.AGE);
    private final CreationRule firstRule = rule(new Selector(Selector.Kind.UNENCRYPTED_REGEX, "^scope$"), -1, "age1one");
    private final CreationRule secondRule = rule(Selector.DEFAULT, 2, "age1two", "age1three");
    private final byte[] document = encrypt(engine(DataKeyCache.off(), "2026-01-03T15:30:00Z"));

    private CreationRule rule(Selector selector, int indent, String... identities) {
        return new CreationRule("/home/me/.sops.yaml, rule 1",
                List.of(List.of(identities).stream().map(age::masterKey).toList()), 0, Optional.of(selector), false, indent);
    }

    private InProcessEngine engine(DataKeyCache cache, String now) {
        return new InProcessEngine(List.of(age), Clock.fixed(Instant.parse(now), ZoneOffset.UTC), new SecureRandom(), cache);
    }

    private byte[] encrypt(InProcessEngine engine) {
        try (PreparedEncryption encryption = engine.prepare(firstRule)) {
            return encryption.encrypt(TOKEN);
        }
    }

    @Test
    void onlyTheKeysAndTheIndentationChange() {
        InProcessEngine later = engine(DataKeyCache.off(), "2027-01-01T00:00:00Z");
        byte[] rewrapped = later.rewrap(document, "f", secondRule);

        SopsDocument before = SopsDocument.parse(document, "f");
        SopsDocument after = SopsDocument.parse(rewrapped, "f");
        assertThat(after.tree()).isEqualTo(before.tree());
        assertThat(after.metadata()).usingRecursiveComparison().ignoringFields("keyGroups").isEqualTo(before.metadata());
        assertThat(after.metadata().keyGroups().get(0).entries()).extracting(KeyEntry::identity)
                .containsExactly("age1two", "age1three");
        assertThat(after.metadata().keyGroups().get(0).entries()).extracting(KeyEntry::enc)
                .containsOnly(before.metadata().keyGroups().get(0).entries().get(0).enc());
        assertThat(new String(rewrapped, UTF_8)).startsWith("{\n  \"access_token\"");
        assertThat(later.decrypt(rewrapped, "f")).isEqualTo(TOKEN);
    }

    @Test
    void anUnknownVersionOfTheWriterStays() {
        byte[] old = replaced("\"version\": \"3.13.2\"", "\"version\": \"3.7.1\"");

        assertThat(SopsDocument.parse(engine(DataKeyCache.off(), "2027-01-01T00:00:00Z").rewrap(old, "f", secondRule), "f")
                .metadata().version()).isEqualTo("3.7.1");
    }

    @Test
    void theKeyIsAskedForOnce() {
        InProcessEngine engine = engine(
                new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, DataKeyCache.DEFAULT_LIFETIME, Clock.systemUTC()),
                "2027-01-01T00:00:00Z");
        engine.decrypt(document, "f");
        engine.decrypt(engine.rewrap(document, "f", secondRule), "f");

        assertThat(age.unwraps).isEqualTo(1);
    }

    @Test
    void aDamagedDocumentIsNotWrappedAnew() {
        byte[] damaged = replaced("\"scope\": \"openid\"", "\"scope\": \"admin\"");

        assertThatThrownBy(() -> engine(DataKeyCache.off(), "2027-01-01T00:00:00Z").rewrap(damaged, "f", secondRule))
                .isInstanceOf(DamagedDocumentException.class).hasMessageStartingWith("f is damaged: its content");
    }

    @Test
    void aRuleWithoutKeysIsNotFollowed() {
        CreationRule empty = new CreationRule("rule 1", List.of(List.of()), 0, Optional.empty(), false, -1);

        assertThatThrownBy(() -> engine(DataKeyCache.off(), "2027-01-01T00:00:00Z").rewrap(document, "f", empty))
                .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining("names no keys");
    }

    private byte[] replaced(String found, String replacement) {
        String text = new String(document, UTF_8);
        assertThat(text).contains(found);
        return text.replace(found, replacement).getBytes(UTF_8);
    }
}
