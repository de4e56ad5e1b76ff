package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.selector.InvalidSelectorException;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.sops.value.EncryptedValue;
import io.quarkiverse.tokenstorage.sops.value.ValueType;

/**
 * What a document shows without its key. All that can be checked without it is: what should be encrypted has the form of it,
 * and there is a code. That the values are those that were written is not known.
 */
final class ClearView {

    private final SopsDocument document;
    private final CompiledSelector selector;

    ClearView(SopsDocument document) {
        this.document = document;
        try {
            this.selector = CompiledSelector.compile(document.metadata().selector());
        } catch (InvalidSelectorException e) {
            throw damaged(e.getMessage());
        }
    }

    /** @throws DamagedDocumentException if no key could make sops accept the document */
    JsonObject tree() {
        if (EncryptedValue.parse(document.metadata().mac()).filter(code -> code.type() == ValueType.STR).isEmpty()) {
            throw damaged("it has no message authentication code");
        }
        return object(document.tree(), false);
    }

    private Optional<? extends JsonValue> clear(JsonValue value, boolean matched, String name) {
        if (value instanceof JsonObject object) {
            return Optional.of(object(object, matched));
        }
        if (value instanceof JsonArray array) {
            return array(array, matched, name);
        }
        if (value == JsonNull.NULL || value instanceof JsonString text && text.value().isEmpty()) {
            return Optional.of(value);
        }
        boolean encrypted = value instanceof JsonString text && EncryptedValue.parse(text.value()).isPresent();
        if (selector.selects(matched) && !encrypted) {
            throw damaged("a value in '" + PrintableText.of(name) + "' should be encrypted but is not");
        }
        return encrypted ? Optional.empty() : Optional.of(value);
    }

    private JsonObject object(JsonObject object, boolean matched) {
        List<JsonMember> members = new ArrayList<>();
        for (JsonMember member : object.members()) {
            clear(member.value(), matched || selector.matches(member.name()), member.name())
                    .ifPresent(value -> members.add(new JsonMember(member.name(), value)));
        }
        return new JsonObject(members);
    }

    /** A list with gaps would tell something wrong. */
    private Optional<JsonArray> array(JsonArray array, boolean matched, String name) {
        List<JsonValue> elements = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            clear(element, matched, name).ifPresent(elements::add);
        }
        return elements.size() == array.elements().size() ? Optional.of(new JsonArray(elements)) : Optional.empty();
    }

    private DamagedDocumentException damaged(String what) {
        return new DamagedDocumentException(document.location() + " is damaged: " + what);
    }
}
