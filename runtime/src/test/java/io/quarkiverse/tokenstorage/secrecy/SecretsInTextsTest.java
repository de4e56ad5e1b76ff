package io.quarkiverse.tokenstorage.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

/**
 * What the classes of the library tell of themselves. Texts get into logs and messages without anybody meaning it, so each
 * class whose text shows what it holds has been looked at, and is named here.
 */
class SecretsInTextsTest {

    /**
     * Each class whose text shows what it was made of, and which of it. All of that is public: names, places, reasons and
     * fixes (which are messages, and held to be harmless by other tests), public keys, rules, ciphertext, arguments (which
     * every user of the machine sees), settings but for those that people put private keys into by mistake.
     */
    private static final List<String> SHOW_WHAT_IS_PUBLIC = """
            AgeMasterKey: recipient
            AwsClient.Access: profile, region, role
            BuiltChoices.Choice: backend
            BuiltChoices: common, providers
            CreationRule: origin, selector
            DirectoryInspection: barrier, failure, fileSystem, itself, leftOvers, locks, tokenFiles
            EncryptedMessage: keyIds
            EntryFailures.Failure: entry, reason
            EnvironmentKeys.Variable: name
            EnvironmentKeys: origin
            Examined: scope
            ExecutableEncryption.Attempt: failure
            FileState.Attributes: key
            FileState: attributes
            Finding: check, detail, fix
            Fingerprint: digits, text
            HeldLock: holder
            HostEnvironment: userHome
            IdentityKeyring.Content: name, problems, recipients
            IdentityLoader.Found: state, statuses
            IdentitySource: name
            IdentitySourceStatus: name, problems, recipients
            IdentitySources: sources, unusable
            IdentityText: unusable
            InspectedFile: mode, owner, provider
            JsonMember: name
            KeyChange: keys, location, rule
            KeyDifference.Group: added, kept, removed
            KeyDifference: groups
            KeyEntry: enc, identity
            KeyGroup: entries
            KeyGroupOpener.Opening: reasons
            KeyListing.Block: keys
            KeyListing.Key: capabilities, expiry, fingerprint, token, validity
            KeyListing: blocks
            KeyOpening.Result: reason
            KeyOutcome: provider
            KeyRemedy: fix, problem
            KeyReport: identity, kind, rule
            KeyText.Field: name
            KeyTrial: encryptionFailure, opening
            KeyTrials.Name: identity
            KmsKey: arn, context, profile, role
            KmsMasterKey: key
            LockFile.Opened: identity
            LockHolder: host
            LockProbe: detail, provider
            NamedMasterKey: identity
            OpenSshCipher.Algorithm: transformation
            OpenSslCipher.Algorithm: transformation
            OwnAccess.Group: keys, own
            OwnAccess: groups, ownKeys, unlisted
            Patience.Answer: value
            PemBlock: label
            PgpMasterKey: fingerprint
            Place: file, part
            ProviderScope: elsewhere, named
            Readiness: unreadable, unsavable, unwritable
            ReadinessReport: causes, data
            RecentRefusals.Refusal: reason
            Report: findings, keys
            Rule: pathRegex, selectors
            RuleKey: name, written
            RuleKeys: inline, lines
            RuleMatch: pathRegex, subject, warnings
            RulesDirectory: path, separator
            RulesFile: rules
            RulesFileReader.Parsed: fault, rules
            RulesFileSearch: origin
            SecretKeys.Known: keys, state
            Selector: pattern
            SopsDocument: location, metadata
            SopsMetadata: keyGroups, lastModified, mac, selector, version
            SourceContent: text
            SshPublicKey: encoded, type
            Stanza: arguments, type
            StartArguments: values
            StorageSettings.Texts: ageKeyFile, dataKeyLifetime, engine, executable, fileDirectory, lockTimeout, sopsConfigFile, sopsDirectory
            StorageSettings: defaultBackend, defaultProvider, environment, providerBackends, texts
            StoredDocument: location
            StoredTokens.Reading: failure, keyless, keys, provider
            SymmetricKey: algorithm
            UnknownSetting: meant, name
            UnverifiedToken: encrypted, location, scope, tokenType
            WrappedDataKey: keyGroups
            """
            .lines().toList();

    /** Take nothing that is planted: the one tells the name of a program, the other a public key. */
    private static final Set<String> NOT_PLANTED = Set.of("BoundedProcess", "SshRsaIdentity");

    @Test
    void whateverShowsItsContentHasBeenLookedAt() throws NoSuchMethodException {
        Set<String> showing = new TreeSet<>();
        Set<String> notMade = new TreeSet<>();
        for (Class<?> type : ProjectClasses.all()) {
            if (type.isInterface() || type.isEnum() || Modifier.isAbstract(type.getModifiers())
                    || Throwable.class.isAssignableFrom(type) || type.isAnonymousClass() && type.getSuperclass().isEnum()) {
                continue;
            }
            if (type.getMethod("toString").getDeclaringClass() == Object.class) {
                continue;
            }
            Optional<Set<String>> shown = Planting.shownBy(type);
            if (shown.isEmpty()) {
                notMade.add(name(type));
            } else if (!shown.get().isEmpty()) {
                showing.add(name(type) + ": " + String.join(", ", shown.get()));
            }
        }
        assertThat(notMade).as("make them in this test, or see that they tell nothing secret and name them here")
                .isEqualTo(new TreeSet<>(NOT_PLANTED));
        assertThat(showing).as("their toString shows what they hold: give them another one, or, if none of it can ever be"
                + " secret, name them here").containsExactlyElementsOf(SHOW_WHAT_IS_PUBLIC);
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1).replace('$', '.');
    }

    /** A failure must not differ from what it looks like. */
    @Test
    void failuresHaveTheTextOfFailures() throws NoSuchMethodException {
        List<String> others = new ArrayList<>();
        for (Class<?> type : ProjectClasses.all()) {
            if (Throwable.class.isAssignableFrom(type)
                    && type.getMethod("toString").getDeclaringClass() != Throwable.class) {
                others.add(name(type));
            }
        }
        assertThat(others).isEmpty();
    }
}
