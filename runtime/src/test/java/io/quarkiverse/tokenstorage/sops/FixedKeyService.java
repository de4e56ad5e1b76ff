package io.quarkiverse.tokenstorage.sops;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** "Wraps" by writing the data key in hexadecimal digits, and counts how often it is asked to unwrap. */
final class FixedKeyService implements KeyService {

    private static final String PREFIX = "wrapped:";

    private final KeyKind kind;
    private String answer;
    int unwraps;
    boolean closed;

    FixedKeyService(KeyKind kind) {
        this.kind = kind;
    }

    /** One that opens every entry with the same data key. */
    static FixedKeyService answering(String hexDataKey) {
        FixedKeyService service = new FixedKeyService(KeyKind.AGE);
        service.answer = hexDataKey;
        return service;
    }

    static CreationRule rule(MasterKey... keys) {
        return new CreationRule("test rule", List.of(List.of(keys)), 0, Optional.empty(), false, -1);
    }

    static String wrapped(String hexDataKey) {
        return PREFIX + hexDataKey;
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    MasterKey masterKey(String identity) {
        return masterKey(JsonObject.builder().add("recipient", identity).build(), "test");
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        String identity = ((JsonString) description.get("recipient").orElseThrow()).value();
        return new MadeUpMasterKey(kind, identity, dataKey -> {
            String enc = wrapped(HexFormat.of().formatHex(dataKey.bytes()));
            return new KeyEntry(kind, identity, enc,
                    JsonObject.builder().add("recipient", identity).add("enc", enc).build());
        });
    }

    @Override
    public DataKey unwrap(KeyEntry entry) {
        unwraps++;
        if (answer != null) {
            return DataKey.owning(HexFormat.of().parseHex(answer));
        }
        if (!entry.enc().startsWith(PREFIX)) {
            throw new DataKeyUnavailableException("not wrapped by this key");
        }
        try {
            return DataKey.owning(HexFormat.of().parseHex(entry.enc().substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            throw new DataKeyUnavailableException("the wrapped key is damaged");
        }
    }

    @Override
    public Optional<Set<String>> ownMasterKeys() {
        return Optional.of(Set.of("age1test"));
    }

    @Override
    public void close() {
        closed = true;
    }
}
