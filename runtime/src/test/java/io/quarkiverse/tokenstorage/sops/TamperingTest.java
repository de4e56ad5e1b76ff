package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.value.ScalarText;

/**
 * Every change of one byte of an encrypted file, and what it may do. Harmless, because nothing changes: white space, escapes,
 * the case of names in the {@code sops} block, members of it that decide nothing (recipient, version, a suffix that no name
 * ends with either way). Not detected, because SOPS does not authenticate it: the names of nulls, of empty strings and
 * containers, and of values in clear, so that a document without these, as stored tokens are but for empty ones, cannot be
 * changed at all.
 */
class TamperingTest {

    private static final byte[] INSERTED = " \"\\,:{}[]0aA-\n=\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private static final String AUTHENTICATED = """
            {"access_token": "ya29.secret", "expires_in": 3599, "ratio": 0.5, "bool": true,
             "scope": ["a", "b"], "deep": {"er": [["x"], {"y": -1}]}}""";
    private static final String WITH_CLEAR_PARTS = """
            {"access_token": "ya29.secret", "note_unencrypted": {"n": 12, "t": "te", "b": false}, "nothing": null,
             "empty": "", "none": {}, "no": [], "list": [null, "z", ""]}""";

    private final FixedKeyService service = new FixedKeyService(KeyKind.AGE);
    private final InProcessEngine engine = new InProcessEngine(List.of(service), Clock.systemUTC(), new SecureRandom(),
            DataKeyCache.off());
    private int damaged;
    private int unavailable;
    private int harmless;

    @BeforeEach
    void reset() {
        damaged = 0;
        unavailable = 0;
        harmless = 0;
    }

    @Test
    void changesNothingInADocumentThatIsEncryptedThroughout() {
        JsonObject plain = JsonReader.read(AUTHENTICATED.getBytes(StandardCharsets.UTF_8), "plain");
        tamper(plain, changed -> assertThat(changed).isEqualTo(plain));
        assertThat(damaged).isGreaterThan(20_000);
        assertThat(unavailable).isPositive();
        assertThat(harmless).isPositive();
    }

    @Test
    void changesNoValueAndNoNameOfAnEncryptedValueOtherwise() {
        JsonObject plain = JsonReader.read(WITH_CLEAR_PARTS.getBytes(StandardCharsets.UTF_8), "plain");
        List<String> authenticated = authenticated(plain);
        assertThat(authenticated).containsExactly("access_token:=ya29.secret", "=12", "=te", "=False", "list:=z");
        tamper(plain, changed -> assertThat(authenticated(changed)).isEqualTo(authenticated));
    }

    private void tamper(JsonObject plain, Consumer<JsonObject> check) {
        byte[] file;
        try (PreparedEncryption encryption = engine.prepare(FixedKeyService.rule(service.masterKey("age1test")))) {
            file = encryption.encrypt(plain);
        }
        for (int i = 0; i < file.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] flipped = file.clone();
                flipped[i] ^= (byte) (1 << bit);
                read(flipped, check);
            }
            byte[] removed = new byte[file.length - 1];
            System.arraycopy(file, 0, removed, 0, i);
            System.arraycopy(file, i + 1, removed, i, removed.length - i);
            read(removed, check);
            for (byte inserted : INSERTED) {
                byte[] longer = new byte[file.length + 1];
                System.arraycopy(file, 0, longer, 0, i);
                longer[i] = inserted;
                System.arraycopy(file, i, longer, i + 1, file.length - i);
                read(longer, check);
            }
            if (i < file.length - 1) {
                byte[] cut = new byte[i];
                System.arraycopy(file, 0, cut, 0, i);
                read(cut, changed -> fail("A file that was cut off was read"));
            }
        }
    }

    /** Anything but these two exceptions fails the test. */
    private void read(byte[] file, Consumer<JsonObject> check) {
        JsonObject result;
        try {
            result = engine.decrypt(file, "file");
        } catch (DamagedDocumentException e) {
            damaged++;
            checkMessage(e.getMessage());
            return;
        } catch (DataKeyUnavailableException e) {
            unavailable++;
            checkMessage(e.getMessage());
            return;
        }
        harmless++;
        check.accept(result);
    }

    private static void checkMessage(String message) {
        if (message.contains("ya29") || message.contains("\n") || message.length() > 1000) {
            fail("Not fit for a message: " + message);
        }
    }

    /** The values in order; those that are encrypted with the names of their path. */
    private static List<String> authenticated(JsonObject document) {
        List<String> found = new ArrayList<>();
        collect(document, "", found);
        return found;
    }

    private static void collect(JsonValue value, String path, List<String> found) {
        if (value instanceof JsonObject object) {
            for (JsonMember member : object.members()) {
                collect(member.value(), path + member.name() + ":", found);
            }
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> collect(element, path, found));
        } else if (value != JsonNull.NULL) {
            String text = new String(ScalarText.bytes((JsonScalar) value), StandardCharsets.UTF_8);
            boolean encrypted = path.startsWith("access_token") || path.startsWith("list");
            if (!text.isEmpty()) {
                found.add((encrypted ? path : "") + "=" + text);
            }
        }
    }
}
