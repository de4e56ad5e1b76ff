package io.quarkiverse.tokenstorage.sops;

import java.util.Arrays;
import java.util.List;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonFloat;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonScalar;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.value.EncryptedValue;
import io.quarkiverse.tokenstorage.sops.value.ScalarText;
import io.quarkiverse.tokenstorage.sops.value.ValueType;

/**
 * A document that another program encrypted, held against what it was asked for: for whom, which values, the same content.
 * Between our look at a rules file and the program's the file can change, and the next version of a program can follow a rule
 * differently; neither may put a token in clear, or a stranger's key, in place of what was stored.
 */
public final class ProducedDocument {

    /** Above, neighbouring integers are the same 64-bit float. */
    private static final long LARGEST_EXACT_FLOAT = 1L << 53;

    private final CreationRule rule;
    private final SopsDocument document;

    private ProducedDocument(CreationRule rule, SopsDocument document) {
        this.rule = rule;
        this.document = document;
    }

    /**
     * @param produced what the program wrote
     * @param given the JSON that it was given
     * @param rule what it should have followed
     * @param program its name, for messages
     * @throws TokenStorageException if that is not what was asked for; the message shows no value
     */
    public static void require(byte[] produced, byte[] given, CreationRule rule, String program) {
        try {
            ProducedDocument document = new ProducedDocument(rule, SopsDocument.parse(produced, "what " + program + " wrote"));
            document.requireKeys();
            document.requireSettings();
            document.requireContent(JsonReader.read(given, "the document"));
        } catch (DamagedDocumentException e) {
            throw new TokenStorageException(program + " did not write an encrypted document: " + e.getMessage());
        }
    }

    private void requireKeys() {
        List<KeyGroup> groups = document.metadata().keyGroups();
        boolean same = groups.size() == rule.keyGroups().size();
        for (int i = 0; same && i < groups.size(); i++) {
            List<KeyEntry> entries = groups.get(i).entries();
            List<MasterKey> keys = rule.keyGroups().get(i);
            same = entries.stream()
                    .allMatch(entry -> !entry.enc().isEmpty() && keys.stream().anyMatch(key -> key.isKeyOf(entry)))
                    && keys.stream().allMatch(key -> entries.stream().anyMatch(key::isKeyOf));
        }
        if (!same) {
            throw unasked("other keys than " + rule.origin() + " names, as when that was changed just now");
        }
    }

    private void requireSettings() {
        SopsMetadata metadata = document.metadata();
        if (!metadata.selector().equals(rule.selector().orElse(Selector.DEFAULT))) {
            throw unasked("another selector than that of " + rule.origin());
        }
        if (metadata.macOnlyEncrypted() != rule.macOnlyEncrypted()) {
            throw unasked("another mac_only_encrypted than that of " + rule.origin());
        }
        int groups = metadata.keyGroups().size();
        if (groups > 1 && metadata.shamirThreshold() != OwnAccess.needed(groups, rule.shamirThreshold())) {
            throw unasked("another shamir_threshold than that of " + rule.origin());
        }
        if (EncryptedValue.parse(metadata.mac()).isEmpty()) {
            throw unasked("no message authentication code");
        }
    }

    private void requireContent(JsonObject given) {
        requireSame(given, document.tree(), rule.compiledSelector(), false);
    }

    /** The depth is bounded by that of what the reader accepts. */
    private void requireSame(JsonValue given, JsonValue written, CompiledSelector selector, boolean matched) {
        if (given instanceof JsonObject object && written instanceof JsonObject other
                && object.members().size() == other.members().size()) {
            for (int i = 0; i < object.members().size(); i++) {
                JsonMember member = object.members().get(i);
                if (!member.name().equals(other.members().get(i).name())) {
                    throw changed();
                }
                requireSame(member.value(), other.members().get(i).value(), selector,
                        matched || selector.matches(member.name()));
            }
        } else if (given instanceof JsonArray array && written instanceof JsonArray other
                && array.elements().size() == other.elements().size()) {
            for (int i = 0; i < array.elements().size(); i++) {
                requireSame(array.elements().get(i), other.elements().get(i), selector, matched);
            }
        } else if (!(given instanceof JsonScalar scalar && isWrittenAs(scalar, written, selector.selects(matched)))) {
            throw changed();
        }
    }

    private boolean isWrittenAs(JsonScalar given, JsonValue written, boolean selected) {
        if (!selected || given == JsonNull.NULL || given instanceof JsonString text && text.value().isEmpty()) {
            return written instanceof JsonScalar scalar && isSame(given, scalar);
        }
        EncryptedValue encrypted = written instanceof JsonString text ? EncryptedValue.parse(text.value()).orElse(null) : null;
        if (encrypted == null) {
            throw unasked("a value in clear that " + rule.origin() + " encrypts");
        }
        // Before 3.13.2 all numbers were floats
        boolean exactFloat = given instanceof JsonInteger number && encrypted.type() == ValueType.FLOAT
                && number.value() <= LARGEST_EXACT_FLOAT && number.value() >= -LARGEST_EXACT_FLOAT;
        return exactFloat || encrypted.type() == ScalarText.type(given);
    }

    /** A float that is whole may be written without its point. */
    private static boolean isSame(JsonScalar given, JsonScalar written) {
        return given.equals(written) || isNumber(given) && isNumber(written)
                && Arrays.equals(ScalarText.bytes(given), ScalarText.bytes(written));
    }

    private static boolean isNumber(JsonScalar scalar) {
        return scalar instanceof JsonInteger || scalar instanceof JsonFloat;
    }

    private TokenStorageException changed() {
        return unasked("another content than it was given; if there are large numbers in it, install sops 3.13.2 or newer");
    }

    private TokenStorageException unasked(String what) {
        return new TokenStorageException(document.location() + " has " + what + ". It was dropped");
    }
}
