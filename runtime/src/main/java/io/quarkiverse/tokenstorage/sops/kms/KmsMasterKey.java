package io.quarkiverse.tokenstorage.sops.kms;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** A key of AWS KMS that data keys are wrapped with. */
final class KmsMasterKey implements MasterKey {

    private final KmsKey key;
    private final KmsOperations operations;
    private final Clock clock;

    KmsMasterKey(KmsKey key, KmsOperations operations, Clock clock) {
        this.key = key;
        this.operations = operations;
        this.clock = clock;
    }

    @Override
    public KeyKind kind() {
        return KeyKind.KMS;
    }

    @Override
    public String identity() {
        return key.identity();
    }

    @Override
    public KeyEntry wrap(DataKey dataKey) {
        String enc = Base64.getEncoder().encodeToString(operations.encrypt(key, dataKey.bytes()));
        return new KeyEntry(KeyKind.KMS, identity(), enc, fields(enc));
    }

    /** In the order in which sops writes them; the profile is there even if it is empty. */
    private JsonObject fields(String enc) {
        JsonObject.Builder fields = JsonObject.builder().add("arn", key.arn()).add("aws_profile", key.profile());
        if (!key.context().isEmpty()) {
            JsonObject.Builder context = JsonObject.builder();
            key.context().forEach(context::add);
            fields.add("context", context.build());
        }
        fields.add("created_at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()).add("enc", enc);
        if (!key.role().isEmpty()) {
            fields.add("role", key.role());
        }
        return fields.build();
    }

    @Override
    public String toString() {
        return identity();
    }
}
