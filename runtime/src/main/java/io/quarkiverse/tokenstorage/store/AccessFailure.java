package io.quarkiverse.tokenstorage.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import io.quarkiverse.tokenstorage.StorageAccessException;

/** Turns what the operating system reports into one line: what, where, why. */
final class AccessFailure {

    private AccessFailure() {
    }

    static StorageAccessException of(String action, Path path, IOException e) {
        return of(action, path, e, "");
    }

    /**
     * @param action a verb, as in "Cannot write"
     * @param advice further sentences; if empty, those of {@link AccessAdvice} where permission is lacking
     */
    static StorageAccessException of(String action, Path path, IOException e, String advice) {
        return new StorageAccessException("Cannot " + action + " " + path + ": " + reason(e)
                + (!advice.isEmpty() ? ". " + advice : e instanceof AccessDeniedException ? AccessAdvice.of(path) : ""), e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "it is a directory that is not empty";
        }
        if (e instanceof FileSystemLoopException) {
            return "its symbolic links go round in a circle";
        }
        String reason = e instanceof FileSystemException fse && fse.getReason() != null ? fse.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
