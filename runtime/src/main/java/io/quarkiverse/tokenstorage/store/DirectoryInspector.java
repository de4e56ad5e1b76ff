package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.LockTimeoutException;
import io.quarkiverse.tokenstorage.StorageAccessException;

/** Gathers a {@link DirectoryInspection}. */
final class DirectoryInspector {

    private static final String PROBE = "lock-probe";
    private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs",
            "afpfs", "ncpfs", "ceph", "lustre", "glusterfs", "davfs", "webdav", "vboxsf", "prl_fs", "fuse.sshfs",
            "fuse.glusterfs", "fuse.davfs", "fuse.s3fs", "fuse.rclone", "macfuse", "osxfuse");

    private final Path directory;
    private final TimeAndRandom sources;
    private final FileProtection protection;
    private final List<InspectedFile> tokenFiles = new ArrayList<>();
    private final List<InspectedFile> leftOvers = new ArrayList<>();
    private final List<LockProbe> locks = new ArrayList<>();
    private Optional<InspectedFile> itself = Optional.empty();
    private Optional<InspectedFile> barrier = Optional.empty();
    private boolean readOnly;
    private boolean readOnlyFileSystem;
    private String fileSystem = "";
    private long usableBytes = -1;
    private DirectoryExposure exposure = DirectoryExposure.PRIVATE;

    DirectoryInspector(Path directory, TimeAndRandom sources) {
        this.directory = directory.toAbsolutePath().normalize();
        this.sources = sources;
        this.protection = FileProtection.of(this.directory);
    }

    DirectoryInspection inspect() {
        Optional<String> failure = Optional.empty();
        try {
            inspectFileSystem();
            findBarrier();
            inspectDirectory();
        } catch (NoSuchFileException e) {
            // it may have gone at any moment: what was seen is the answer
        } catch (IOException e) {
            failure = Optional.of(AccessFailure.of("inspect", directory, e).getMessage());
        } catch (StorageAccessException e) {
            failure = Optional.of(e.getMessage());
        }
        tokenFiles.sort(Comparator.comparing(InspectedFile::path));
        leftOvers.sort(Comparator.comparing(InspectedFile::path));
        return new DirectoryInspection(directory, itself, barrier, readOnly, readOnlyFileSystem, fileSystem,
                NETWORK.contains(fileSystem.toLowerCase(Locale.ROOT)), usableBytes, tokenFiles, leftOvers, locks, failure,
                exposure);
    }

    private void inspectFileSystem() throws IOException {
        Path existing = directory;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        FileStore store = Files.getFileStore(existing);
        fileSystem = store.type();
        readOnlyFileSystem = store.isReadOnly();
        usableBytes = store.getUsableSpace();
    }

    /** From the root on, for behind the first one nothing can be seen. */
    private void findBarrier() throws IOException {
        for (int names = 0; names <= directory.getNameCount(); names++) {
            Path path = names == 0 ? directory.getRoot() : directory.getRoot().resolve(directory.subpath(0, names));
            if (!Files.isDirectory(path)) {
                return;
            }
            if (!Files.isExecutable(path) || path.equals(directory) && !Files.isReadable(path)) {
                FileFacts facts = FileFacts.of(path);
                int uid = facts.uid() == -1 ? -1 : ProcessUser.uid();
                barrier = Optional.of(InspectedFile.of(path, Optional.empty(), InspectedFile.Kind.DIRECTORY, facts, uid,
                        sources.clock().instant()));
                return;
            }
        }
    }

    private void inspectDirectory() throws IOException {
        FileFacts facts = FileFacts.of(directory);
        int uid = facts.uid() == -1 ? -1 : ProcessUser.uid();
        Instant now = sources.clock().instant();
        InspectedFile.Kind kind = switch (facts.kind()) {
            case DIRECTORY -> InspectedFile.Kind.DIRECTORY;
            case REGULAR -> InspectedFile.Kind.REGULAR;
            default -> InspectedFile.Kind.OTHER;
        };
        itself = Optional.of(InspectedFile.of(directory, Optional.empty(), kind, facts, uid, now));
        readOnly = !Files.isWritable(directory);
        if (kind != InspectedFile.Kind.DIRECTORY) {
            return;
        }
        Path real = directory.toRealPath();
        List<String> names = new TokenDirectory(directory).names();
        if (itself.get().own()) {
            exposure = DirectoryExposure.of(facts, !readOnly, () -> names);
        }
        for (String name : names) {
            inspectFile(name, real, uid, now);
        }
        if (!readOnly && itself.get().own() && exposure != DirectoryExposure.CHANGED_BY_OTHERS) {
            probeLocks(real);
        }
    }

    private void inspectFile(String name, Path real, int uid, Instant now) throws IOException {
        Optional<String> provider = DocumentNames.anyProvider(name);
        boolean temporary = name.startsWith(DirectoryStore.TEMPORARY_PREFIX);
        if (provider.isEmpty() && !temporary) {
            return;
        }
        try {
            (temporary ? leftOvers : tokenFiles)
                    .add(InspectedFile.of(directory.resolve(name), provider, real, uid, now));
        } catch (NoSuchFileException e) {
            // removed or renamed since it was listed
        }
    }

    private void probeLocks(Path real) {
        Set<String> providers = new TreeSet<>();
        tokenFiles.forEach(file -> file.provider().ifPresent(providers::add));
        if (providers.isEmpty()) {
            providers.add(PROBE);
        }
        for (String provider : providers) {
            locks.add(probe(real, provider));
        }
    }

    private LockProbe probe(Path real, String provider) {
        try {
            ProviderLock.acquire(real, provider, protection, Duration.ZERO, sources).close();
            return new LockProbe(provider, LockProbe.Outcome.FREE, "");
        } catch (LockTimeoutException e) {
            return new LockProbe(provider, LockProbe.Outcome.HELD, e.getMessage());
        } catch (StorageAccessException e) {
            return new LockProbe(provider, LockProbe.Outcome.FAILED, e.getMessage());
        }
    }
}
