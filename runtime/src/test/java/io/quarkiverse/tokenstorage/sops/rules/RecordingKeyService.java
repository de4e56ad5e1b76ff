package io.quarkiverse.tokenstorage.sops.rules;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MadeUpMasterKey;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Makes master keys whose identity is the text of their description. */
record RecordingKeyService(KeyKind kind) implements KeyService {

    static String text(JsonObject description) {
        return description.members().stream().map(member -> member.name() + "="
                + (member.value() instanceof JsonString string ? string.value()
                        : "{" + text((JsonObject) member.value()) + "}"))
                .collect(Collectors.joining(" "));
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        String text = text(description);
        if (text.endsWith("=")) {
            throw new StorageNotConfiguredException(where + ": empty key");
        }
        return new MadeUpMasterKey(kind, text, dataKey -> {
            throw new UnsupportedOperationException();
        });
    }

    @Override
    public DataKey unwrap(KeyEntry entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Set<String>> ownMasterKeys() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Holds nothing
    }
}
