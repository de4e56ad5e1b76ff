package io.quarkiverse.tokenstorage.cli;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.MasterKey;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.pgp.PgpKeyService;
import io.quarkiverse.tokenstorage.sops.rules.KeyDescription;
import io.quarkiverse.tokenstorage.sops.rules.RuleKeys;
import io.quarkiverse.tokenstorage.sops.value.DataKey;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/**
 * The PGP key of {@code secrets init}: one whose private part gpg has. None is made here, for its name, its passphrase and how
 * long it is valid are for a person to decide.
 */
final class PgpKeyChoice {

    private static final String SUBKEY_MARK = "!";
    private static final String OTHERS = "import one (gpg --import FILE), or set GNUPGHOME to the home that has one";

    private final PgpKeyService pgp;
    private final SecureRandom random = new SecureRandom();

    private PgpKeyChoice(PgpKeyService pgp) {
        this.pgp = pgp;
    }

    /** @param fingerprint of the key that is wanted; null for the first that can be used */
    static RuleKey choose(Terminal terminal, StorageOptions options, String fingerprint) {
        try (PgpKeyService pgp = PgpKeyService.askingNobody(options.environment(), options.clock())) {
            return new PgpKeyChoice(pgp).choose(terminal, fingerprint);
        }
    }

    private RuleKey choose(Terminal terminal, String fingerprint) {
        Optional<MasterKey> wanted = Optional.ofNullable(fingerprint).map(this::named);
        Set<String> own = pgp.ownMasterKeys().orElseThrow(() -> new CommandFailure(ExitCode.CONFIGURATION,
                "gpg does not list its secret keys: see what 'gpg --list-secret-keys' says"));
        if (own.isEmpty()) {
            pgp.requireInstalled();
        }
        MasterKey chosen = wanted.map(key -> requireOwn(key, own)).orElseGet(() -> first(terminal, own));
        terminal.result(Mark.SUCCESS, "PGP key: " + chosen.identity());
        return new RuleKey(chosen.identity(), RuleKeys.pgp(chosen.identity()), key -> isOneOf(key, own));
    }

    private MasterKey named(String fingerprint) {
        try {
            return key(fingerprint, "--fingerprint");
        } catch (StorageNotConfiguredException e) {
            throw new CommandFailure(ExitCode.ERROR, e.getMessage());
        }
    }

    private MasterKey requireOwn(MasterKey key, Set<String> own) {
        if (!key.isOneOf(own)) {
            throw new CommandFailure(ExitCode.CONFIGURATION, "gpg has no secret key " + key.identity()
                    + " that can decrypt, so tokens could not be read here: name another one ('gpg --list-secret-keys' shows"
                    + " them), " + OTHERS);
        }
        fault(key).ifPresent(fault -> {
            throw new CommandFailure(ExitCode.CONFIGURATION, fault);
        });
        return key;
    }

    private MasterKey first(Terminal terminal, Set<String> own) {
        List<String> faults = new ArrayList<>();
        List<String> all = own.stream().filter(text -> !text.endsWith(SUBKEY_MARK)).toList();
        for (String each : all) {
            MasterKey key = key(each, "gpg");
            Optional<String> fault = fault(key);
            if (fault.isEmpty()) {
                if (all.size() > 1) {
                    terminal.say("gpg has " + all.size() + " secret keys that can decrypt; --fingerprint chooses another than "
                            + each);
                }
                return key;
            }
            faults.add(fault.get());
        }
        throw new CommandFailure(ExitCode.CONFIGURATION, (faults.isEmpty() ? "gpg has no secret key that can decrypt"
                : "gpg has no usable secret key: " + String.join("; ", faults))
                + ". Make one (gpg --quick-generate-key 'NAME <MAIL>' future-default default never), " + OTHERS);
    }

    /** Why new data keys cannot be wrapped with this key. */
    private Optional<String> fault(MasterKey key) {
        try (DataKey probe = DataKey.random(random)) {
            key.wrap(probe);
            return Optional.empty();
        } catch (TokenStorageException e) {
            return Optional.of(e.getMessage());
        }
    }

    private MasterKey key(String fingerprint, String where) {
        return pgp.masterKey(JsonObject.builder().add("fp", fingerprint).build(), where);
    }

    private boolean isOneOf(KeyDescription description, Set<String> own) {
        try {
            return description.kind() == KeyKind.PGP && pgp.masterKey(description.fields(), "the rule").isOneOf(own);
        } catch (StorageNotConfiguredException e) {
            return false;
        }
    }
}
