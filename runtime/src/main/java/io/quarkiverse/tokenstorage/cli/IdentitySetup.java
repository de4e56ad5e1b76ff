package io.quarkiverse.tokenstorage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.quarkiverse.tokenstorage.files.ConfigurationFileWriter;
import io.quarkiverse.tokenstorage.files.FailureReason;
import io.quarkiverse.tokenstorage.files.RegularFile;
import io.quarkiverse.tokenstorage.sops.IdentityVariables;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.rules.KeyDescription;
import io.quarkiverse.tokenstorage.sops.rules.RuleKeys;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/**
 * The identity of {@code secrets init}. One that is there is never given up: it may be the only key to stored tokens, so a
 * new one is added to its file.
 */
final class IdentitySetup {

    private static final int LARGEST_FILE = 1 << 20;

    private final StorageOptions options;

    IdentitySetup(StorageOptions options) {
        this.options = options;
    }

    /** @return the recipient that new documents are to be encrypted for */
    RuleKey run(Terminal terminal, boolean force) {
        String recipient = recipient(terminal, force);
        return new RuleKey(recipient, RuleKeys.age(recipient), isOwn(recipient));
    }

    /** Not known while a program has to be asked for identities: then any key will do. */
    private Predicate<KeyDescription> isOwn(String recipient) {
        Set<String> own = new HashSet<>(Set.of(recipient));
        for (IdentitySourceStatus source : sources()) {
            if (source.state() == IdentitySourceStatus.State.NOT_ASKED) {
                return key -> true;
            }
            own.addAll(source.recipients());
        }
        return key -> key.kind() == KeyKind.AGE
                && key.fields().get("recipient").filter(value -> value instanceof JsonString text && own.contains(text.value()))
                        .isPresent();
    }

    private String recipient(Terminal terminal, boolean force) {
        Path file = file();
        List<IdentitySourceStatus> sources = sources();
        Optional<IdentitySourceStatus> usable = usable(sources, file);
        if (usable.isPresent() && !force) {
            String recipient = newest(usable.get());
            terminal.result(Mark.SUCCESS, "Age identity: kept " + usable.get().file().map(Path::toString)
                    .orElse(usable.get().name()) + " (" + recipient + ")");
            return recipient;
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            String recipient = create(file);
            terminal.result(Mark.SUCCESS, "Age identity: made " + file + " (" + recipient + ")");
            return recipient;
        }
        requireReadable(sources, file);
        String recipient = add(file);
        terminal.result(Mark.SUCCESS, "Age identity: added one to " + file + " (" + recipient + ")");
        return recipient;
    }

    private List<IdentitySourceStatus> sources() {
        try (SopsSetup sops = SopsSetup.of(options)) {
            return sops.age().identitySources();
        }
    }

    private Path file() {
        return options.ageKeyFile().or(() -> options.environment().nonEmptyVariable(IdentityVariables.AGE_KEY_FILE)
                .map(options.environment()::resolve)).orElseGet(() -> AgeIdentityFile.defaultFile(options.environment()));
    }

    /** The identity in the file that we would write, else any other. SSH keys are there for another purpose. */
    private static Optional<IdentitySourceStatus> usable(List<IdentitySourceStatus> sources, Path file) {
        List<IdentitySourceStatus> usable = sources.stream()
                .filter(source -> source.recipients().stream().anyMatch(IdentitySetup::isNative)).toList();
        return usable.stream().filter(source -> source.file().filter(file::equals).isPresent()).findFirst()
                .or(() -> usable.stream().findFirst());
    }

    /** New identities are added at the end, here and by people. */
    private static String newest(IdentitySourceStatus source) {
        return source.recipients().stream().filter(IdentitySetup::isNative).reduce((earlier, later) -> later).orElseThrow();
    }

    private static boolean isNative(String recipient) {
        return recipient.startsWith("age1");
    }

    /** A file that nobody understands is not written to: a person may still get something out of it. */
    private static void requireReadable(List<IdentitySourceStatus> sources, Path file) {
        for (IdentitySourceStatus source : sources) {
            if (source.file().filter(file::equals).isPresent() && source.state() == IdentitySourceStatus.State.FAULTY) {
                throw new CommandFailure(ExitCode.CONFIGURATION, file + " is there, but gives no identity: "
                        + String.join("; ", source.problems()) + ". Correct it, or move it away and run this again");
            }
        }
    }

    private String create(Path file) {
        return AgeIdentityFile.create(file, FastestX25519.detect(), new SecureRandom(), options.clock());
    }

    private String add(Path file) {
        byte[] old = read(file);
        try {
            requireLines(file, old);
            return append(file, old);
        } finally {
            Arrays.fill(old, (byte) 0);
        }
    }

    private static byte[] read(Path file) {
        try {
            return RegularFile.read(ConfigurationFileWriter.followed(file), LARGEST_FILE);
        } catch (IOException e) {
            throw failure(file, FailureReason.of(e), e);
        }
    }

    /** Anything added to an encrypted file would make it impossible to decrypt. */
    private static void requireLines(Path file, byte[] content) {
        if (AgeIdentityFile.isEncrypted(content)) {
            throw new CommandFailure(ExitCode.CONFIGURATION, file + " is under a passphrase, so nothing can be added to it, and"
                    + " its public key is not known. Write that into a rule yourself ('age -d' with its path, piped to"
                    + " 'age-keygen -y', prints it), or name another file in SOPS_AGE_KEY_FILE and run this again");
        }
    }

    private String append(Path file, byte[] old) {
        try {
            return AgeIdentityFile.append(file.toRealPath(), old, FastestX25519.detect(), new SecureRandom(), options.clock());
        } catch (IOException e) {
            throw failure(file, FailureReason.of(e), e);
        }
    }

    private static CommandFailure failure(Path file, String reason, IOException cause) {
        return new CommandFailure(ExitCode.ERROR, "Cannot add an identity to " + file + ": " + reason, cause);
    }
}
