package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/**
 * "Wraps" by writing down what it wraps, opens only entries of those keys that it owns, and remembers what it was asked to
 * open and what passed through its hands.
 */
final class OwnedKeyService implements KeyService {

    private static final String PREFIX = "wrapped:";

    private final KeyKind kind;
    final Set<String> owned = new HashSet<>();
    /** Their entries are intact, but nobody knows their passphrase. */
    final Set<String> locked = new HashSet<>();
    /** Their entries are not intact. */
    final Set<String> damaged = new HashSet<>();
    /** Whether it cannot tell which keys it owns. */
    boolean unknown;
    final List<String> asked = new ArrayList<>();
    final List<DataKey> seen = new ArrayList<>();
    Object state = "";
    int stateAsked;

    OwnedKeyService(KeyKind kind, String... owned) {
        this.kind = kind;
        own(owned);
    }

    void own(String... identities) {
        owned.clear();
        owned.addAll(Arrays.asList(identities));
        asked.clear();
    }

    private static String field(KeyKind kind) {
        return kind == KeyKind.AGE ? "recipient" : kind == KeyKind.PGP ? "fp" : "arn";
    }

    MasterKey key(String identity) {
        return masterKey(JsonObject.builder().add(field(kind), identity).build(), "test");
    }

    List<MasterKey> keys(String... identities) {
        return Arrays.stream(identities).map(this::key).toList();
    }

    @Override
    public KeyKind kind() {
        return kind;
    }

    @Override
    public MasterKey masterKey(JsonObject description, String where) {
        String identity = ((JsonString) description.get(field(kind)).orElseThrow()).value();
        return new MadeUpMasterKey(kind, identity, dataKey -> {
            seen.add(dataKey);
            String enc = PREFIX + HexFormat.of().formatHex(dataKey.bytes());
            return new KeyEntry(kind, identity, enc, JsonObject.builder().add(field(kind), identity).add("enc", enc)
                    .add("created_at", "2026-01-03T15:30:00Z").build());
        });
    }

    @Override
    public DataKey unwrap(KeyEntry entry) {
        asked.add(entry.identity());
        if (damaged.contains(entry.identity())) {
            throw new DamagedDocumentException("cut off");
        }
        if (locked.contains(entry.identity())) {
            throw new DataKeyUnavailableException("wrong passphrase");
        }
        if (!owned.contains(entry.identity())) {
            throw new DataKeyUnavailableException("not mine");
        }
        if (!entry.enc().startsWith(PREFIX)) {
            throw new DamagedDocumentException("cut off");
        }
        DataKey key = DataKey.owning(HexFormat.of().parseHex(entry.enc().substring(PREFIX.length())));
        seen.add(key);
        return key;
    }

    @Override
    public Optional<Set<String>> ownMasterKeys() {
        return unknown ? Optional.empty() : Optional.of(Set.copyOf(owned));
    }

    @Override
    public Object identityState() {
        stateAsked++;
        return state;
    }

    @Override
    public void close() {
        // Holds nothing
    }
}
