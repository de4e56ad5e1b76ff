package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.StorageAccessException;

/** The directory itself: made, judged, tightened and made durable. */
final class TokenDirectory {

    private static final Logger LOG = Logger.getLogger(TokenDirectory.class);
    private static final int ROOT = 0;
    private static final int NO_UID = -1;

    private final Path path;
    private final FileProtection protection;
    private final DirectoryWritability writability;
    private final Set<Path> warned = ConcurrentHashMap.newKeySet();
    /** Null until first asked for. */
    private volatile Integer uid;

    TokenDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.protection = FileProtection.of(this.path);
        this.writability = new DirectoryWritability(this.path);
    }

    Path path() {
        return path;
    }

    FileProtection protection() {
        return protection;
    }

    /**
     * Judges the directory before anything in it is read.
     *
     * @return whose files in it may be read; empty if there is no directory
     */
    Optional<TrustedOwners> admitReading() {
        FileFacts facts;
        try {
            facts = FileFacts.of(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw AccessFailure.of("read the token directory", path, e);
        }
        requireDirectory(facts);
        if (facts.uid() == NO_UID) {
            return Optional.of(new TrustedOwners(NO_UID, NO_UID));
        }
        int own = uid();
        if (facts.uid() == own) {
            protect(facts);
            return Optional.of(new TrustedOwners(own, own));
        }
        if (facts.uid() == ROOT && !Files.isWritable(path)) {
            if (!Files.isExecutable(path)) {
                throw AccessFailure.of("use the token directory", path, new AccessDeniedException(path.toString()));
            }
            return Optional.of(new TrustedOwners(own, ROOT));
        }
        throw foreign("token directory", path, "Use a directory of your own, such as a new one inside it");
    }

    /**
     * Makes or judges the directory before anything in it is changed.
     *
     * @return its real path
     */
    Path admitWriting() {
        create();
        requireWritable();
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw AccessFailure.of("use the token directory", path, e);
        }
    }

    /** Judges the directory as {@link #admitWriting} does, without making it if it is missing. */
    void requireWritable() {
        Optional<TrustedOwners> owners = admitReading();
        if (owners.isPresent() && !Files.isWritable(path)) {
            throw writability.refusal(owners.get());
        }
    }

    /**
     * Whether it can be written to, or made, without doing either.
     *
     * @return false if it belongs to somebody who lets this process read only, or is mounted read-only
     * @throws StorageAccessException if it is an own one and cannot be written to, or is missing and cannot be made
     */
    boolean admitsWriting() {
        Optional<TrustedOwners> owners = admitReading();
        if (owners.isEmpty()) {
            writability.requireCreatable();
            return true;
        }
        if (Files.isWritable(path) && Files.isExecutable(path)) {
            return true;
        }
        if (writability.isForReadingOnly(owners.get())) {
            return false;
        }
        throw writability.refusal(owners.get());
    }

    private void create() {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path p = path; p != null && !Files.exists(p); p = p.getParent()) {
            missing.push(p);
        }
        for (Path directory : missing) {
            try {
                protection.createDirectory(directory);
                LOG.debugf("Made the directory %s", directory);
            } catch (FileAlreadyExistsException e) {
                // by somebody else a moment ago, or it is a link that leads nowhere
                if (!Files.isDirectory(directory)) {
                    throw AccessFailure.of("create the token directory", directory, e, "Remove what is in its place");
                }
            } catch (IOException e) {
                throw AccessFailure.of("create the token directory", path, e);
            }
            force(directory.getParent());
        }
    }

    /** Makes changed names durable. What was renamed counts even if this fails, hence only a warning. */
    void force(Path directory) {
        try {
            protection.force(directory);
        } catch (IOException e) {
            LOG.warnf("The last change in %s may be lost if the machine crashes now: %s", directory,
                    AccessFailure.of("synchronize", directory, e).getMessage());
        }
    }

    /** Narrows what is for tokens only, and leaves or refuses what others use too. */
    private void protect(FileFacts facts) {
        switch (DirectoryExposure.of(facts, Files.isWritable(path), this::names)) {
            case PRIVATE -> {
                // As it should be
            }
            case TO_BE_NARROWED -> tighten(path, facts);
            case LISTED_BY_OTHERS -> {
                if (warned.add(path)) {
                    LOG.warnf("The token directory %s can be listed by other users (mode %s). It holds other files too, so this"
                            + " is left as it is: use a directory of your own inside it", path, octal(facts));
                }
            }
            case CHANGED_BY_OTHERS -> throw new StorageAccessException("The token directory " + path
                    + " can be changed by other users (mode " + octal(facts) + ", as of a directory for all); it is not used."
                    + " Use a directory of your own inside it");
        }
    }

    private static String octal(FileFacts facts) {
        return String.format("%04o", facts.mode());
    }

    /** Takes the permissions of others away from an own file or directory, and says so once. */
    void tighten(Path file, FileFacts facts) {
        if (!facts.openToOthers() || !Files.isWritable(path)) {
            return;
        }
        String outcome = "now only the owner has access";
        try {
            protection.setMode(file, facts.mode() & 0700);
        } catch (IOException e) {
            outcome = AccessFailure.of("tighten", file, e, "Run chmod go= on it").getMessage();
        }
        if (warned.add(file)) {
            LOG.warnf("%s was accessible to other users (mode %s); %s. If they may have read tokens, log in again", file,
                    octal(facts), outcome);
        }
    }

    /** The names of everything in the directory; none if there is no directory. */
    List<String> names() {
        String[] names = path.toFile().list();
        return names == null ? namesOrReason() : Arrays.asList(names);
    }

    /** At the cost of a path for each name, it tells why the directory cannot be listed. */
    private List<String> namesOrReason() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw AccessFailure.of("list the token directory", path, e.getCause());
        } catch (IOException e) {
            throw AccessFailure.of("list the token directory", path, e);
        }
    }

    static StorageAccessException foreign(String what, Path file, String advice) {
        String owner;
        try {
            owner = Files.getOwner(file).getName();
        } catch (IOException e) {
            owner = "somebody else";
        }
        return new StorageAccessException("The " + what + " " + file + " belongs to " + owner
                + ", not to the user of this process; it is not used. " + advice);
    }

    private void requireDirectory(FileFacts facts) {
        if (facts.kind() != FileFacts.Kind.DIRECTORY) {
            throw new StorageAccessException("The token directory " + path + " is not a directory. Remove the file, or"
                    + " configure another directory");
        }
    }

    private int uid() {
        Integer known = uid;
        if (known == null) {
            try {
                known = ProcessUser.uid();
            } catch (IOException e) {
                throw new StorageAccessException("Cannot find out the user of this process: " + e.getMessage(), e);
            }
            uid = known;
        }
        return known;
    }
}
