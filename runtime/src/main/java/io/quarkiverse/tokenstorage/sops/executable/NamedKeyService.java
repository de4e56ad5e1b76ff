package io.quarkiverse.tokenstorage.sops.executable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.DataKey;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** Understands the names of keys of one kind, which only the sops program can use. */
final class NamedKeyService implements KeyService {

    private final KeyKind kind;

    private NamedKeyService(KeyKind kind) {
        this.kind = kind;
    }

    static List<KeyService> ofEveryKind() {
        return Arrays.stream(KeyKind.values()).<KeyService> map(NamedKeyService::new).toList();
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        try {
            return NamedMasterKey.of(kind, description);
        } catch (IllegalArgumentException e) {
            throw new StorageNotConfiguredException(where + ": " + e.getMessage());
        }
    }

    @Override
    public DataKey unwrap(KeyEntry entry) {
        throw new UnsupportedOperationException("The sops program unwraps, and does not hand out data keys");
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
