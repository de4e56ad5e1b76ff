package io.quarkiverse.tokenstorage.sops;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.CompiledSelector;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;
import io.quarkiverse.tokenstorage.sops.text.Rfc3339;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** A wrapped data key that waits for its document. */
final class InProcessEncryption implements PreparedEncryption {

    /** The sops whose format is written; it decides how later ones read the file. */
    static final String WRITTEN_VERSION = "3.13.2";

    private final CreationRule rule;
    private final CompiledSelector selector;
    private final DataKey dataKey;
    private final WrappedDataKey wrapped;
    private final Clock clock;
    private final SecureRandom random;
    private final BiConsumer<WrappedDataKey, DataKey> memory;
    private boolean used;

    /** @param memory is given the wrapped and the bare data key once the document is written */
    InProcessEncryption(CreationRule rule, CompiledSelector selector, DataKey dataKey, WrappedDataKey wrapped, Clock clock,
            SecureRandom random, BiConsumer<WrappedDataKey, DataKey> memory) {
        this.rule = rule;
        this.selector = selector;
        this.dataKey = dataKey;
        this.wrapped = wrapped;
        this.clock = clock;
        this.random = random;
        this.memory = memory;
    }

    @Override
    public CreationRule rule() {
        return rule;
    }

    @Override
    public ValueSelection selection() {
        return selector;
    }

    @Override
    public byte[] encrypt(JsonObject plain) {
        if (SopsDocument.isEncrypted(plain)) {
            throw AlreadyEncryptedException.reservedMember();
        }
        if (used) {
            throw new IllegalStateException("Each document needs a data key of its own");
        }
        used = true;
        DocumentEncryption encryption = new DocumentEncryption(selector, rule.macOnlyEncrypted(), dataKey, random);
        JsonObject tree = encryption.encrypt(plain);
        String lastModified = Rfc3339.formatSeconds(clock.instant().atOffset(ZoneOffset.UTC));
        SopsMetadata metadata = new SopsMetadata(wrapped.keyGroups(), wrapped.shamirThreshold(), lastModified,
                encryption.mac(lastModified), rule.macOnlyEncrypted(), rule.selector().orElse(Selector.DEFAULT),
                WRITTEN_VERSION);
        byte[] json = MetadataWriter.write(tree, metadata, rule.indent());
        memory.accept(wrapped, dataKey);
        return json;
    }

    @Override
    public void close() {
        dataKey.close();
    }
}
