package io.quarkiverse.tokenstorage.sops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.value.AssociatedData;
import io.quarkiverse.tokenstorage.sops.value.DataKey;
import io.quarkiverse.tokenstorage.sops.value.DocumentMac;
import io.quarkiverse.tokenstorage.sops.value.EncryptedValue;
import io.quarkiverse.tokenstorage.sops.value.ScalarText;
import io.quarkiverse.tokenstorage.sops.value.ValueCipher;
import io.quarkiverse.tokenstorage.sops.value.ValueType;

/** Decrypts the values of one document and checks its message authentication code. To be used once. */
final class DocumentDecryption {

    private final SopsDocument document;
    private final CompiledSelector selector;
    private final ValueCipher cipher;
    private final DocumentMac mac;

    DocumentDecryption(SopsDocument document, CompiledSelector selector, DataKey dataKey) {
        this.document = document;
        this.selector = selector;
        this.cipher = new ValueCipher(dataKey);
        this.mac = new DocumentMac(document.metadata().macOnlyEncrypted());
    }

    /**
     * Whether this can be the data key of the document: it opens the message authentication code, which nothing but the data
     * key does, or there is none to try.
     */
    static boolean mayOpen(SopsDocument document, DataKey dataKey) {
        String mac = document.metadata().mac();
        return mac.isEmpty() || EncryptedValue.parse(mac).flatMap(value -> new ValueCipher(dataKey).decrypt(value,
                AssociatedData.of(document.metadata().lastModified()))).isPresent();
    }

    /** @throws DamagedDocumentException if a value or the code is not what was written with this data key */
    JsonObject decrypt() {
        try {
            JsonObject plain = new TreeWalk(selector, this::decrypt).walk(document.tree());
            verifyMac();
            return plain;
        } catch (JsonException e) {
            throw damaged(e.getMessage());
        }
    }

    private JsonScalar decrypt(JsonScalar scalar, boolean selected, AssociatedData place) {
        if (scalar == JsonNull.NULL || !mac.covers(selected)) {
            return scalar;
        }
        if (!selected) {
            mac.add(ScalarText.bytes(scalar));
            return scalar;
        }
        if (!(scalar instanceof JsonString text)) {
            throw damaged("the value of '" + place.describe() + "' should be encrypted but is a " + scalar + " in clear");
        }
        return text.value().isEmpty() ? scalar : decrypt(text.value(), place);
    }

    private JsonScalar decrypt(String text, AssociatedData place) {
        Optional<EncryptedValue> encrypted = EncryptedValue.parse(text);
        if (encrypted.isEmpty()) {
            throw damaged(
                    "the value of '" + place.describe() + "' should be encrypted but is not in the form ENC[AES256_GCM,…]");
        }
        byte[] plaintext = cipher.decrypt(encrypted.get(), place).orElseThrow(() -> damaged("the value of '"
                + place.describe() + "' fails authentication: it, its place or the wrapped key was changed"));
        ValueType type = encrypted.get().type();
        JsonScalar scalar = ScalarText.read(type, plaintext).orElseThrow(() -> damaged("the value of '" + place.describe()
                + "' is not of its type " + type.tag()));
        // Text counts as it is, even if it is not UTF-8; everything else as it would be written
        mac.add(type == ValueType.STR || type == ValueType.BYTES ? plaintext : ScalarText.bytes(scalar));
        return scalar;
    }

    private void verifyMac() {
        String stored = document.metadata().mac();
        if (stored.isEmpty()) {
            throw damaged("it has no message authentication code");
        }
        byte[] expected = EncryptedValue.parse(stored).filter(value -> value.type() == ValueType.STR)
                .flatMap(value -> cipher.decrypt(value, AssociatedData.of(document.metadata().lastModified())))
                .orElseThrow(() -> damaged("its message authentication code, or the time it is bound to, was changed"));
        byte[] actual = mac.finish().getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, actual)) {
            throw damaged("its content does not match its message authentication code: values were changed, moved or removed");
        }
    }

    private DamagedDocumentException damaged(String what) {
        return new DamagedDocumentException(document.location() + " is damaged: " + what);
    }
}
