package io.quarkiverse.tokenstorage.storage;

import java.security.SecureRandom;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.CreationRuleSource;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.DecryptionOrder;
import io.quarkiverse.tokenstorage.sops.InProcessEngine;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.executable.ExecutableEngine;
import io.quarkiverse.tokenstorage.sops.executable.SopsProgram;
import io.quarkiverse.tokenstorage.sops.kms.AwsSdk;
import io.quarkiverse.tokenstorage.sops.kms.KmsKeyService;
import io.quarkiverse.tokenstorage.sops.pgp.PgpKeyService;
import io.quarkiverse.tokenstorage.sops.rules.RecipientsSource;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSource;

/**
 * SOPS as {@link StorageOptions} say: the key kinds that are built in, the engine over them, and where rules come from.
 * Making one reads nothing; closing it zeroes what it holds.
 *
 * @param age the age keys
 * @param keyServices one for each kind of key that is built in; none where the {@code sops} program does it all
 * @param engine reads and writes documents
 * @param rules answers whom and what to encrypt
 */
public record SopsSetup(AgeKeyService age, List<KeyService> keyServices, SopsEngine engine, CreationRuleSource rules)
        implements
            AutoCloseable {

    /** Where recipients come from when they are not in a rules file, for messages. */
    private static final String RECIPIENTS_SETTING = "auth.storage.sops.age.recipients";

    public SopsSetup {
        keyServices = List.copyOf(keyServices);
    }

    public static SopsSetup of(StorageOptions options) {
        return of(options, new PgpKeyService(options.environment(), options.clock()));
    }

    /**
     * The same, but no person is asked for a passphrase: keys that need one stay closed. The {@code sops} program, and programs
     * that print identities, ask as they like.
     */
    public static SopsSetup askingNobody(StorageOptions options) {
        return of(options.withIdentityUnlocking(IdentityUnlocking.unattended()),
                PgpKeyService.askingNobody(options.environment(), options.clock()));
    }

    private static SopsSetup of(StorageOptions options, PgpKeyService pgp) {
        SecureRandom random = new SecureRandom();
        AgeKeyService age = new AgeKeyService(options.environment(), options.ageKeyFile(), FastestX25519.detect(), random,
                options.identityUnlocking());
        if (options.sopsExecutable().isPresent()) {
            SopsProgram program = new SopsProgram(options.sopsExecutable().get(), options.environment(), SopsProgram.TIMEOUT);
            // Not the PGP keys: to sops, a rule may name them in any way that gpg understands
            ExecutableEngine engine = new ExecutableEngine(program, options.ageKeyFile(), List.of(age),
                    kind -> kind == KeyKind.AGE && hasForeignIdentities(age));
            return new SopsSetup(age, List.of(), engine, rules(options, engine.namedKeys()));
        }
        List<KeyService> services = List.of(age, pgp,
                new KmsKeyService(AwsSdk.detect(options.environment(), options.applicationKms()), options.clock()));
        return new SopsSetup(age, services,
                new InProcessEngine(services, DecryptionOrder.of(options.environment()), options.clock(),
                        random, new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, options.dataKeyLifetime(), options.clock())),
                rules(options, services));
    }

    private static CreationRuleSource rules(StorageOptions options, List<KeyService> services) {
        if (options.ageRecipients().isEmpty()) {
            return new RulesFileSource(options.environment(), options.rulesFile(), services);
        }
        KeyService age = services.stream().filter(service -> service.kind() == KeyKind.AGE).findFirst().orElseThrow();
        // made at each use, so that a malformed recipient stops a save and not the start of the application
        return target -> new RecipientsSource(options.ageRecipients(), RECIPIENTS_SETTING, age).ruleFor(target);
    }

    /** Such as those of age plugins: what their recipients are is not known here. */
    private static boolean hasForeignIdentities(AgeKeyService age) {
        return age.identitySources().stream()
                .anyMatch(source -> source.state() == IdentitySourceStatus.State.READ && !source.problems().isEmpty());
    }

    @Override
    public void close() {
        engine.close();
    }
}
