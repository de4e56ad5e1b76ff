package io.quarkiverse.tokenstorage.sops;

import java.security.SecureRandom;

import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.value.AssociatedData;
import io.quarkiverse.tokenstorage.sops.value.DataKey;
import io.quarkiverse.tokenstorage.sops.value.DocumentMac;
import io.quarkiverse.tokenstorage.sops.value.ScalarText;
import io.quarkiverse.tokenstorage.sops.value.ValueCipher;
import io.quarkiverse.tokenstorage.sops.value.ValueType;

/** Encrypts the values of one document. To be used once. */
final class DocumentEncryption {

    private final CompiledSelector selector;
    private final ValueCipher cipher;
    private final DocumentMac mac;
    private final SecureRandom random;

    DocumentEncryption(CompiledSelector selector, boolean macOnlyEncrypted, DataKey dataKey, SecureRandom random) {
        this.selector = selector;
        this.cipher = new ValueCipher(dataKey);
        this.mac = new DocumentMac(macOnlyEncrypted);
        this.random = random;
    }

    JsonObject encrypt(JsonObject plain) {
        return new TreeWalk(selector, this::encrypt).walk(plain);
    }

    private JsonScalar encrypt(JsonScalar scalar, boolean selected, AssociatedData place) {
        if (scalar == JsonNull.NULL || !mac.covers(selected)) {
            return scalar;
        }
        if (!selected) {
            mac.add(ScalarText.bytes(asReadBack(scalar)));
            return scalar;
        }
        byte[] plaintext = ScalarText.bytes(scalar);
        mac.add(plaintext);
        // An empty string stays as it is
        return plaintext.length == 0 ? scalar
                : new JsonString(cipher.encrypt(plaintext, ScalarText.type(scalar), place, random).format());
    }

    /**
     * In clear, the float -0.0 is written as {@code -0}, which is read as the integer 0. sops authenticates the float, and its
     * own file is damaged to it; with the integer here, both read ours.
     */
    private static JsonScalar asReadBack(JsonScalar scalar) {
        return scalar instanceof JsonFloat number && number.value() == 0 ? new JsonInteger(0) : scalar;
    }

    /** The encrypted code over what was encrypted before. */
    String mac(String lastModified) {
        byte[] code = ScalarText.bytes(new JsonString(mac.finish()));
        return cipher.encrypt(code, ValueType.STR, AssociatedData.of(lastModified), random).format();
    }
}
