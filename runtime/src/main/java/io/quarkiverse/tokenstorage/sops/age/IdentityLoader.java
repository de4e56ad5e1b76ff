package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;

/** Reads the places of identities into a keyring, each time anew, and tells what it found. Thread-safe. */
final class IdentityLoader {

    /** What was asked before counts until the end: nobody is asked again for what is known. */
    private static final Set<IdentitySourceStatus.State> HOLDING = EnumSet.of(IdentitySourceStatus.State.READ,
            IdentitySourceStatus.State.LOCKED, IdentitySourceStatus.State.NOT_ASKED);

    /** What only a change of the file or of a variable changes. */
    private static final Set<IdentitySourceStatus.State> STEADY = EnumSet.of(IdentitySourceStatus.State.READ,
            IdentitySourceStatus.State.ABSENT);

    private static final int LONGEST_LOAD_SECONDS = 30;

    private final HostEnvironment environment;
    private final Optional<Path> configuredFile;
    private final List<Path> files;
    private final IdentityKeyring keyring;
    private final IdentityUnlocking unlocking;
    /** What one thread has just read is not to be forgotten because another had looked before it was there. */
    private final ReentrantLock loadLock = new ReentrantLock();
    /** A program that asks a person is run once at a time. */
    private final ReentrantLock commandLock = new ReentrantLock();
    /** As the places were when they were read the last time; null before. */
    private volatile Object loaded;
    /** What was found then; null before. */
    private volatile Found found;
    /** The states of the files when somebody looked the last time; empty before. */
    private volatile List<FileState> seen = List.of();

    /** @param state of all places, from before they were looked at */
    private record Found(Object state, List<IdentitySourceStatus> statuses) {
    }

    IdentityLoader(HostEnvironment environment, Optional<Path> configuredFile, IdentityKeyring keyring,
            IdentityUnlocking unlocking) {
        this.environment = environment;
        this.configuredFile = configuredFile;
        this.files = IdentitySources.files(environment, configuredFile);
        this.keyring = keyring;
        this.unlocking = unlocking;
    }

    /**
     * Reads all variables and files; runs nothing. Identities that are in none of these any more are forgotten, also those
     * that were under a passphrase.
     *
     * @throws DataKeyUnavailableException if another thread does not get to an end with it
     */
    List<IdentitySourceStatus> load() {
        if (!loadLock.tryLock() && !awaitLoad()) {
            throw new DataKeyUnavailableException("age: another thread has been reading the identity files for "
                    + LONGEST_LOAD_SECONDS + " s: see whether they are on a disk that answers");
        }
        try {
            Set<ByteBuffer> gone = keyring.hashes();
            List<IdentitySourceStatus> statuses = loadAlone();
            gone.removeAll(keyring.hashes());
            gone.forEach(unlocking::forget);
            found = new Found(loaded, List.copyOf(statuses));
            return statuses;
        } finally {
            loadLock.unlock();
        }
    }

    /** As {@link #load}, but reads only if that could find something else than the last time. */
    List<IdentitySourceStatus> current() {
        Found last = found;
        boolean steady = last != null && last.statuses().stream().allMatch(status -> STEADY.contains(status.state()));
        return steady && last.state().equals(state()) ? last.statuses() : load();
    }

    /** Waits for the lock, interrupted or not: a thread that is to end still keeps its token. */
    private boolean awaitLoad() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_LOAD_SECONDS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return loadLock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<IdentitySourceStatus> loadAlone() {
        loaded = state();
        IdentitySources all = IdentitySources.of(environment, configuredFile);
        List<IdentitySourceStatus> statuses = new ArrayList<>();
        for (IdentitySource source : all.sources()) {
            statuses.add(load(source));
        }
        Stream.of(all.sshCommand(), all.command()).flatMap(Optional::stream).forEach(command -> statuses.add(
                status(command.source(), IdentitySourceStatus.State.NOT_ASKED)));
        keyring.retain(statuses.stream().filter(status -> HOLDING.contains(status.state())).map(IdentitySourceStatus::name)
                .collect(Collectors.toSet()));
        statuses.addAll(all.unusable());
        return statuses;
    }

    /** Reads them again if they have been read and a file has changed since. */
    void refresh() {
        Object before = loaded;
        if (before != null && !before.equals(state())) {
            load();
        }
    }

    private IdentitySourceStatus load(IdentitySource source) {
        boolean open = source.file().map(IdentityLoader::isOpenToOthers).orElse(false);
        try {
            IdentityKeyring.Content content = keyring.add(source, source.read());
            if (open) {
                source.file().ifPresent(OpenKeyFiles::warnOf);
            }
            List<String> problems = content.problems().stream().map(text -> source.label() + ": " + text).toList();
            return new IdentitySourceStatus(source.name(), isSshKey(source), source.file(), content.locked().isPresent()
                    ? IdentitySourceStatus.State.LOCKED
                    : IdentitySourceStatus.State.READ, content.recipients(), problems, open);
        } catch (NoSuchFileException e) {
            return source.required() ? faulty(source, e.getReason(), open)
                    : status(source, IdentitySourceStatus.State.ABSENT);
        } catch (FileSystemException e) {
            return faulty(source, e.getReason(), open);
        } catch (IllegalArgumentException e) {
            return faulty(source, e.getMessage(), open);
        }
    }

    /**
     * Runs the program that prints identities, if there is one.
     *
     * @param recipient what the program is told
     * @param tried the recipients of identities that were of no use; if others are at hand by now, it is not run
     * @return what went wrong
     */
    Optional<String> runCommand(String recipient, Set<String> tried) {
        return IdentitySources.of(environment, configuredFile).command().flatMap(command -> run(command, recipient, tried));
    }

    /** As {@link #runCommand}, for the program that prints an SSH key. */
    Optional<String> runSshCommand(String recipient, Set<String> tried) {
        return IdentitySources.of(environment, configuredFile).sshCommand().flatMap(command -> run(command, recipient, tried));
    }

    private Optional<String> run(IdentityCommand command, String recipient, Set<String> tried) {
        String name = command.source().name();
        try {
            if (!commandLock.tryLock(2 * IdentityCommand.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of(name + ": another thread has been running the program for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(name + ": waiting for another run of the program was interrupted");
        }
        try {
            if (tried.containsAll(keyring.recipients())) {
                IdentityKeyring.Content content = keyring.add(command.source(), command.run(recipient));
                return content.problems().stream().findFirst().map(problem -> name + ": " + problem);
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(name + ": " + e.getMessage());
        } finally {
            commandLock.unlock();
        }
    }

    /** Stands for the content of all places without reading it; variables do not change. */
    Object state() {
        List<FileState> before = seen;
        List<FileState> states = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            states.add(FileState.of(files.get(i), before.isEmpty() ? null : before.get(i)));
        }
        seen = states;
        return states;
    }

    boolean hasCommand() {
        return environment.variable(IdentityCommand.VARIABLE).isPresent()
                || environment.variable(IdentityCommand.SSH_VARIABLE).isPresent();
    }

    private static IdentitySourceStatus faulty(IdentitySource source, String reason, boolean open) {
        return new IdentitySourceStatus(source.name(), isSshKey(source), source.file(), IdentitySourceStatus.State.FAULTY,
                Set.of(),
                List.of(source.label() + ": " + reason), open);
    }

    private static IdentitySourceStatus status(IdentitySource source, IdentitySourceStatus.State state) {
        return new IdentitySourceStatus(source.name(), isSshKey(source), source.file(), state, Set.of(), List.of(), false);
    }

    private static boolean isSshKey(IdentitySource source) {
        return source.form() == IdentitySource.Form.SSH_KEY;
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
