package io.quarkiverse.tokenstorage.storage;

import java.security.SecureRandom;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.CreationRuleSource;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.DecryptionOrder;
import io.quarkiverse.tokenstorage.sops.InProcessEngine;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.rules.RecipientsSource;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSource;

/**
 * SOPS as {@link StorageOptions} say: the key kinds that are built in, the engine over them, and where rules come from.
 * Making one reads nothing; closing it zeroes what it holds.
 *
 * @param age the age keys
 * @param engine reads and writes documents
 * @param rules answers whom and what to encrypt
 */
public record SopsSetup(AgeKeyService age, SopsEngine engine, CreationRuleSource rules) implements AutoCloseable {

    /** Where recipients come from when they are not in a rules file, for messages. */
    private static final String RECIPIENTS_SETTING = "auth.storage.sops.age.recipients";

    public static SopsSetup of(StorageOptions options) {
        SecureRandom random = new SecureRandom();
        AgeKeyService age = new AgeKeyService(options.environment(), options.ageKeyFile(), FastestX25519.detect(), random);
        List<KeyService> services = List.of(age);
        CreationRuleSource rules = options.ageRecipients().isEmpty()
                ? new RulesFileSource(options.environment(), options.rulesFile(), services)
                // made at each use, so that a malformed recipient stops a save and not the start of the application
                : target -> new RecipientsSource(options.ageRecipients(), RECIPIENTS_SETTING, age).ruleFor(target);
        return new SopsSetup(age, new InProcessEngine(services,
                DecryptionOrder.of(options.environment()), options.clock(), random,
                DataKeyCache.withDefaults(options.clock())), rules);
    }

    @Override
    public void close() {
        engine.close();
    }
}
