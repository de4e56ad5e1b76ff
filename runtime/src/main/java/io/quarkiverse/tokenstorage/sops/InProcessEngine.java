package io.quarkiverse.tokenstorage.sops;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.selector.InvalidSelectorException;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** SOPS inside this process: no program is started but by a {@link KeyService} that says so. Thread-safe. */
public final class InProcessEngine implements SopsEngine {

    private final Map<KeyKind, KeyService> services;
    private final DataKeyRecovery recovery;
    private final DecryptionOrder order;
    private final Clock clock;
    private final SecureRandom random;
    private final DataKeyCache cache;

    /** In the default order of decryption. */
    public InProcessEngine(List<KeyService> services, Clock clock, SecureRandom random, DataKeyCache cache) {
        this(services, DecryptionOrder.DEFAULT, clock, random, cache);
    }

    /**
     * @param services one for each kind of key that is to be at hand; closed with this engine
     * @param order which kinds of keys are tried first
     * @param clock the time that is written into documents
     * @param random for data keys and initialization vectors
     * @param cache closed with this engine
     */
    public InProcessEngine(List<KeyService> services, DecryptionOrder order, Clock clock, SecureRandom random,
            DataKeyCache cache) {
        Map<KeyKind, KeyService> byKind = new EnumMap<>(KeyKind.class);
        for (KeyService service : services) {
            if (byKind.put(service.kind(), service) != null) {
                throw new IllegalArgumentException("Two key services for " + service.kind().metadataName());
            }
        }
        this.services = byKind;
        this.recovery = new DataKeyRecovery(byKind, order, System::nanoTime);
        this.order = order;
        this.clock = clock;
        this.random = random;
        this.cache = cache;
    }

    @Override
    public PreparedEncryption prepare(CreationRule rule) {
        CompiledSelector selector = rule.compiledSelector();
        requireIndent(rule);
        return UndisturbedWork.finish(() -> prepare(rule, selector));
    }

    private PreparedEncryption prepare(CreationRule rule, CompiledSelector selector) {
        DataKey dataKey = DataKey.random(random);
        boolean prepared = false;
        try {
            WrappedDataKey wrapped = WrappedDataKey.wrap(dataKey, rule, rule.shamirThreshold(), random);
            PreparedEncryption encryption = new InProcessEncryption(rule, selector, dataKey, wrapped, clock, random,
                    this::remember);
            prepared = true;
            return encryption;
        } finally {
            if (!prepared) {
                dataKey.close();
            }
        }
    }

    private static void requireIndent(CreationRule rule) {
        if (rule.indent() < JsonWriter.TAB || rule.indent() > JsonWriter.MAX_INDENT) {
            throw new StorageNotConfiguredException(rule.origin() + ": the indentation is not between -1 and "
                    + JsonWriter.MAX_INDENT);
        }
    }

    @Override
    public JsonObject decrypt(byte[] document, String location) {
        return decrypt(SopsDocument.parse(document, location));
    }

    /** As {@link #decrypt(byte[], String)}, for a document that has been read already. */
    public JsonObject decrypt(SopsDocument document) {
        order.requireValid();
        CompiledSelector selector = selectorOf(document);
        return UndisturbedWork.begin(() -> decrypt(document, selector));
    }

    private JsonObject decrypt(SopsDocument document, CompiledSelector selector) {
        List<KeyGroup> keyGroups = document.metadata().keyGroups();
        int threshold = document.metadata().shamirThreshold();
        DataKeyCache.Place place = cache.place(keyGroups, threshold, identityStates(keyGroups));
        Optional<DataKey> cached = place.get();
        try (DataKey dataKey = cached.isPresent() ? cached.get() : recovery.recover(document)) {
            JsonObject plain = decrypt(document, selector, dataKey);
            if (cached.isEmpty()) {
                place.put(dataKey);
            }
            return plain;
        }
    }

    @Override
    public Optional<JsonObject> decryptAtHand(byte[] json, String location) {
        SopsDocument document = SopsDocument.parse(json, location);
        order.requireValid();
        CompiledSelector selector = selectorOf(document);
        return UndisturbedWork.begin(() -> {
            Optional<DataKey> atHand = dataKeyAtHand(document);
            if (atHand.isEmpty()) {
                return Optional.empty();
            }
            try (DataKey dataKey = atHand.get()) {
                return Optional.of(decrypt(document, selector, dataKey));
            }
        });
    }

    private Optional<DataKey> dataKeyAtHand(SopsDocument document) {
        List<KeyGroup> keyGroups = document.metadata().keyGroups();
        Optional<DataKey> cached = cache
                .place(keyGroups, document.metadata().shamirThreshold(), identityStates(keyGroups)).get();
        return cached.isPresent() ? cached : recovery.recoverAtHand(document);
    }

    private static JsonObject decrypt(SopsDocument document, CompiledSelector selector, DataKey dataKey) {
        if (dataKey.bytes().length != DataKey.LENGTH) {
            throw new DamagedDocumentException(document.location() + " is damaged: its data key has "
                    + dataKey.bytes().length + " bytes instead of " + DataKey.LENGTH);
        }
        return new DocumentDecryption(document, selector, dataKey).decrypt();
    }

    @Override
    public void requireRewrappable(String location) {
        // Every document can be
    }

    @Override
    public byte[] rewrap(byte[] document, String location, CreationRule rule) {
        order.requireValid();
        requireIndent(rule);
        SopsDocument old = SopsDocument.parse(document, location);
        return UndisturbedWork.finish(() -> rewrap(old, rule));
    }

    private byte[] rewrap(SopsDocument old, CreationRule rule) {
        SopsMetadata metadata = old.metadata();
        Map<KeyKind, Object> identities = identityStates(metadata.keyGroups());
        Optional<DataKey> cached = cache.place(metadata.keyGroups(), metadata.shamirThreshold(), identities).get();
        try (DataKey dataKey = cached.isPresent() ? cached.get() : recovery.recover(old)) {
            decrypt(old, selectorOf(old), dataKey);
            WrappedDataKey wrapped = WrappedDataKey.wrap(dataKey, rule, KeyDifference.onUpdate(metadata, rule).newThreshold(),
                    random);
            byte[] json = MetadataWriter.write(old.tree(), metadata.withKeys(wrapped), rule.indent());
            cache.place(wrapped.keyGroups(), wrapped.shamirThreshold(), identities).put(dataKey);
            return json;
        }
    }

    private void remember(WrappedDataKey wrapped, DataKey dataKey) {
        cache.place(wrapped.keyGroups(), wrapped.shamirThreshold(), identityStates(wrapped.keyGroups())).put(dataKey);
    }

    /** Stands for the private keys of the kinds that these entries have; not asked for if nothing is remembered anyway. */
    private Map<KeyKind, Object> identityStates(List<KeyGroup> keyGroups) {
        Map<KeyKind, Object> states = new EnumMap<>(KeyKind.class);
        if (cache.isOff()) {
            return states;
        }
        for (KeyGroup group : keyGroups) {
            for (KeyEntry entry : group.entries()) {
                KeyService service = services.get(entry.kind());
                if (service != null && !states.containsKey(entry.kind())) {
                    states.put(entry.kind(), service.identityState());
                }
            }
        }
        return states;
    }

    private static CompiledSelector selectorOf(SopsDocument document) {
        try {
            return CompiledSelector.compile(document.metadata().selector());
        } catch (InvalidSelectorException e) {
            throw new DamagedDocumentException(document.location() + " is damaged: " + e.getMessage());
        }
    }

    @Override
    public Optional<Set<String>> ownMasterKeys(KeyKind kind) {
        KeyService service = services.get(kind);
        return service == null ? Optional.empty() : UndisturbedWork.finish(service::ownMasterKeys);
    }

    @Override
    public void close() {
        cache.close();
        services.values().forEach(KeyService::close);
    }
}
