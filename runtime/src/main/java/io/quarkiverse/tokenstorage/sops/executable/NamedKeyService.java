package io.quarkiverse.tokenstorage.sops.executable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Understands the names of keys of one kind, some of which only the sops program can use. */
final class NamedKeyService implements KeyService {

    private final KeyKind kind;
    private final Optional<KeyService> builtIn;

    private NamedKeyService(KeyKind kind, Optional<KeyService> builtIn) {
        this.kind = kind;
        this.builtIn = builtIn;
    }

    static List<KeyService> ofEveryKind(List<KeyService> builtIn) {
        return Arrays.stream(KeyKind.values()).<KeyService> map(kind -> new NamedKeyService(kind,
                builtIn.stream().filter(service -> service.kind() == kind).findFirst())).toList();
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        if (builtIn.isPresent()) {
            try {
                // Knows best whether it is one of our own
                return builtIn.get().masterKey(description, where);
            } catch (StorageNotConfiguredException e) {
                // Sops may know it; if not, it says so better
            }
        }
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
