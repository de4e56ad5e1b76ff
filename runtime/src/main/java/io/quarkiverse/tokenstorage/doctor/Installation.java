package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.DecryptionOrder;
import io.quarkiverse.tokenstorage.sops.age.IdentitySourceStatus;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.DocumentNames;

/**
 * What the checks look at. What cannot be understood is empty here and named once, by {@link SettingsCheck}. Not
 * thread-safe.
 */
final class Installation implements AutoCloseable {

    static final String NOTHING_ON_DISK = "no tokens are kept on disk, or the settings have to be corrected first";
    static final String NOT_ENCRYPTED = "no tokens are encrypted here, or the settings have to be corrected first";

    /** Stands for "any provider" where a rule has to be asked about a file and none is stored. */
    private static final String EXAMPLE_PROVIDER = "example";

    private final StorageSettings settings;
    private final TokenStorage storage;
    private final String program;
    private final List<String> problems = new ArrayList<>();
    private final Optional<StorageOptions> options;
    private final Optional<Path> sopsDirectory;
    private final Optional<SopsSetup> sops;
    private final List<DirectoryInspection> inspections;
    private final Patience patience;
    private KeyTrials trials;
    private StoredTokens stored;

    Installation(StorageSettings settings, TokenStorage storage, String program, Patience patience) {
        this.patience = patience;
        this.settings = settings;
        this.storage = storage;
        this.program = program;
        this.options = understood(settings::options);
        this.sopsDirectory = uses(BuiltInBackends.SOPS) ? understood(settings::sopsDirectory) : Optional.empty();
        Optional<Path> fileDirectory = uses(BuiltInBackends.FILE) ? understood(settings::fileDirectory) : Optional.empty();
        this.sops = sopsDirectory.isPresent() ? options.map(this::setup) : Optional.empty();
        sops.ifPresent(setup -> understood(() -> {
            DecryptionOrder.of(settings.environment()).requireValid();
            return true;
        }));
        // Before any token is read: reading tightens modes.
        this.inspections = Stream.of(sopsDirectory, fileDirectory).flatMap(Optional::stream).distinct()
                .map(DirectoryInspection::of).toList();
    }

    /** Remembers no data keys: what the doctor reads it unwraps, or it would not know whether that works. And asks nobody. */
    private SopsSetup setup(StorageOptions understood) {
        return SopsSetup.askingNobody(understood.withDataKeyLifetime(Duration.ZERO));
    }

    private <T> Optional<T> understood(Supplier<T> setting) {
        try {
            return Optional.of(setting.get());
        } catch (StorageNotConfiguredException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    List<String> settingsProblems() {
        return List.copyOf(problems);
    }

    StorageSettings settings() {
        return settings;
    }

    HostEnvironment environment() {
        return settings.environment();
    }

    /** A command of this program as the user would type it. */
    String command(String arguments) {
        return program + " " + arguments;
    }

    /** Whether any provider's tokens are kept by this backend. */
    private boolean uses(String backend) {
        return settings.defaultBackend().equals(backend) || settings.providerBackends().containsValue(backend);
    }

    Optional<StorageOptions> options() {
        return options;
    }

    /** Empty if no tokens are encrypted, or a setting is wrong. */
    Optional<SopsSetup> sops() {
        return sops;
    }

    /** One for each directory with tokens, as it was when the examination began. */
    List<DirectoryInspection> inspections() {
        return inspections;
    }

    Patience patience() {
        return patience;
    }

    /** Tried at the first call. Only where there is {@link #sops}, and its engine is built in. */
    KeyTrials trials() {
        if (trials == null) {
            trials = new KeyTrials(ApplicableRules.of(this), new KeyOpening(sops.orElseThrow()), patience);
        }
        return trials;
    }

    /** Read at the first call. */
    StoredTokens stored() {
        if (stored == null) {
            stored = StoredTokens.read(this, storage);
        }
        return stored;
    }

    /** Whether the {@code sops} program does what the keys are for. */
    boolean isExecutable() {
        return options.flatMap(StorageOptions::sopsExecutable).isPresent();
    }

    Optional<Path> sopsDirectory() {
        return sopsDirectory;
    }

    /** The stored providers; none if that cannot be told (the check of the stored tokens says why). */
    Set<String> providers() {
        try {
            return storage.providers();
        } catch (TokenStorageException e) {
            return Set.of();
        }
    }

    /** The files that rules have to be asked about: those of the stored and configured providers, or that of an example. */
    List<Path> ruleTargets() {
        Set<String> names = new LinkedHashSet<>(providers());
        settings.defaultProvider().ifPresent(names::add);
        names.removeIf(name -> !settings.backendOf(name).equals(BuiltInBackends.SOPS));
        if (names.isEmpty()) {
            names.add(EXAMPLE_PROVIDER);
        }
        return sopsDirectory.map(directory -> names.stream().map(DocumentNames.SOPS::current).map(directory::resolve)
                .toList()).orElse(List.of());
    }

    /** Where identities were looked for and what was found. */
    List<IdentitySourceStatus> identitySources() {
        return sops.map(setup -> setup.age().identitySources()).orElse(List.of());
    }

    @Override
    public void close() {
        sops.ifPresent(SopsSetup::close);
    }
}
