package io.quarkiverse.tokenstorage.interop.exchange;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.DataKeyCache;
import io.quarkiverse.tokenstorage.sops.DecryptionOrder;
import io.quarkiverse.tokenstorage.sops.InProcessEngine;
import io.quarkiverse.tokenstorage.sops.KeyService;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.SopsEngine;
import io.quarkiverse.tokenstorage.sops.age.AgeKeyService;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.kms.AwsSdk;
import io.quarkiverse.tokenstorage.sops.kms.KmsKeyService;
import io.quarkiverse.tokenstorage.sops.pgp.PgpKeyService;
import io.quarkiverse.tokenstorage.sops.rules.RulesFileSource;

/** This library with the files and variables of a sandbox. It caches no data keys: each reading unwraps. */
public final class OurSops implements AutoCloseable {

    private final Path from;
    private final RulesFileSource rules;
    private final SopsEngine engine;

    private OurSops(HostEnvironment environment, PassphraseSource passphrases) {
        SecureRandom random = new SecureRandom();
        List<KeyService> services = List.of(new AgeKeyService(environment, Optional.empty(), FastestX25519.detect(), random,
                new IdentityUnlocking(passphrases)), new PgpKeyService(environment, Clock.systemUTC()),
                new KmsKeyService(AwsSdk.detect(environment, Optional.empty()), Clock.systemUTC()));
        this.from = environment.workingDirectory();
        this.rules = new RulesFileSource(environment, Optional.empty(), services);
        this.engine = new InProcessEngine(services, DecryptionOrder.of(environment), Clock.systemUTC(), random,
                DataKeyCache.off());
    }

    public static OurSops in(Sandbox box) {
        return new OurSops(box.environment(), PassphraseSource.NONE);
    }

    public static OurSops in(Sandbox box, PassphraseSource passphrases) {
        return new OurSops(box.environment(), passphrases);
    }

    public static OurSops in(Sandbox box, Path workingDirectory) {
        return new OurSops(box.environment(workingDirectory), PassphraseSource.NONE);
    }

    /** What we write for this content under this name, which is taken from the working directory. */
    public byte[] encrypt(byte[] plain, String name) {
        try (PreparedEncryption encryption = engine.prepare(rules.ruleFor(from.resolve(name).normalize()))) {
            return encryption.encrypt(JsonReader.read(plain, name));
        }
    }

    /** The same document for the keys of the rules of now. */
    public byte[] updateKeys(byte[] document, String name) {
        return engine.rewrap(document, name, rules.ruleFor(from.resolve(name).normalize()));
    }

    /** What we print of an encrypted document. */
    public byte[] decrypt(byte[] document) {
        return JsonWriter.write(engine.decrypt(document, "document"), rules.jsonIndent());
    }

    @Override
    public void close() {
        engine.close();
    }
}
