package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.HostEnvironment;

/** Reads the places of identities into a keyring, each time anew, and tells what it found. Thread-safe. */
final class IdentityLoader {

    private final HostEnvironment environment;
    private final Optional<Path> configuredFile;
    private final IdentityKeyring keyring;
    /** A program that asks a person is run once at a time. */
    private final ReentrantLock commandLock = new ReentrantLock();

    IdentityLoader(HostEnvironment environment, Optional<Path> configuredFile, IdentityKeyring keyring) {
        this.environment = environment;
        this.configuredFile = configuredFile;
        this.keyring = keyring;
    }

    /** Reads all variables and files; runs nothing. */
    List<IdentitySourceStatus> load() {
        IdentitySources all = IdentitySources.of(environment, configuredFile);
        List<IdentitySourceStatus> statuses = new ArrayList<>();
        for (IdentitySource source : all.sources()) {
            statuses.add(load(source));
        }
        all.command().ifPresent(command -> statuses.add(
                status(IdentityCommand.VARIABLE, Optional.empty(), IdentitySourceStatus.State.NOT_ASKED)));
        statuses.addAll(all.unusable());
        return statuses;
    }

    private IdentitySourceStatus load(IdentitySource source) {
        boolean open = source.file().map(IdentityLoader::isOpenToOthers).orElse(false);
        try {
            IdentityKeyring.Content content = keyring.add(source.name(), source.read(), source.text().isPresent());
            List<String> problems = content.notBuiltIn().stream().map(text -> source.label() + ": " + text).toList();
            return new IdentitySourceStatus(source.name(), source.file(), IdentitySourceStatus.State.READ,
                    content.recipients(), problems, open);
        } catch (NoSuchFileException e) {
            return source.required() ? faulty(source, e.getReason(), open)
                    : status(source.name(), source.file(), IdentitySourceStatus.State.ABSENT);
        } catch (FileSystemException e) {
            return faulty(source, e.getReason(), open);
        } catch (IllegalArgumentException e) {
            return faulty(source, e.getMessage(), open);
        }
    }

    /** Runs the program, if there is one. Returns what went wrong. */
    Optional<String> runCommand(String recipient) {
        Optional<IdentityCommand> command = IdentitySources.of(environment, configuredFile).command();
        if (command.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!commandLock.tryLock(2 * IdentityCommand.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.of(IdentityCommand.VARIABLE + ": another thread has been running the program for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(IdentityCommand.VARIABLE + ": waiting for another run of the program was interrupted");
        }
        try {
            if (!keyring.recipients().contains(recipient)) {
                keyring.add(IdentityCommand.VARIABLE, command.get().run(recipient), false);
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(IdentityCommand.VARIABLE + ": " + e.getMessage());
        } finally {
            commandLock.unlock();
        }
    }

    boolean hasCommand() {
        return environment.variable(IdentityCommand.VARIABLE).isPresent();
    }

    private static IdentitySourceStatus faulty(IdentitySource source, String reason, boolean open) {
        return new IdentitySourceStatus(source.name(), source.file(), IdentitySourceStatus.State.FAULTY, Set.of(),
                List.of(source.label() + ": " + reason), open);
    }

    private static IdentitySourceStatus status(String name, Optional<Path> file, IdentitySourceStatus.State state) {
        return new IdentitySourceStatus(name, file, state, Set.of(), List.of(), false);
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
