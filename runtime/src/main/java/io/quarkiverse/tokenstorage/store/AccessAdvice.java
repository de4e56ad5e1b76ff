package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Why this process may not use a path, and what gives it access. Only an owner can change modes; what belongs to others they
 * have to give away. Names the user by number, for whoever mends it may be somebody else.
 */
final class AccessAdvice {

    private final Path path;
    private final Path barrier;

    private AccessAdvice(Path path, Path barrier) {
        this.path = path;
        this.barrier = barrier;
    }

    /** What comes behind "permission denied"; empty if nothing is known. */
    static String of(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            Path barrier = barrier(absolute);
            FileFacts facts = FileFacts.of(barrier);
            return facts.uid() < 0 ? "" : new AccessAdvice(absolute, barrier).text(facts);
        } catch (IOException e) {
            return "";
        }
    }

    /** The first directory that may not be looked into; else what is there of the path. */
    private static Path barrier(Path path) {
        Path at = path.getRoot();
        for (Path name : path) {
            Path next = at.resolve(name);
            if (!Files.isExecutable(at) || !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private String text(FileFacts facts) throws IOException {
        String what = barrier.equals(path) ? "it" : barrier.toString();
        String owner = Files.getOwner(barrier).getName();
        String mode = String.format("%04o", facts.mode());
        String advice = facts.uid() == ProcessUser.uid() ? ofOwn(facts) : ofForeign(facts);
        return ", for " + what + " belongs to " + owner + " and has mode " + mode + ". " + advice;
    }

    private String ofOwn(FileFacts facts) {
        return facts.kind() == FileFacts.Kind.DIRECTORY
                ? "Give its owner the permission (chmod u+rwx " + barrier + "), or configure another directory"
                : "Give its owner the permission (chmod u+rw " + barrier + ")";
    }

    private String ofForeign(FileFacts facts) throws IOException {
        if (facts.kind() != FileFacts.Kind.DIRECTORY) {
            return "Have it given to this user (chown " + ProcessUser.uid() + "), or remove it and log in again";
        }
        boolean missing = Files.isExecutable(barrier) && !barrier.equals(path);
        return missing || barrier.equals(path)
                ? "Make it a directory of this user (" + command(path) + "), or configure another directory"
                : "Have this user (number " + ProcessUser.uid() + ") let into it, or configure another directory";
    }

    /** Makes a directory of this user, or one of what is there. */
    static String command(Path directory) throws IOException {
        return "install -d -m 0700 -o " + ProcessUser.uid() + " " + directory;
    }
}
