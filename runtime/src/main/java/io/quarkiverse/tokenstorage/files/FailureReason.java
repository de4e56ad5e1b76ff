package io.quarkiverse.tokenstorage.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why the operating system refused something about a file, in words for people; the exceptions themselves name only the file.
 */
public final class FailureReason {

    private FailureReason() {
    }

    /** A clause to follow "Cannot write …:"; never empty. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (failure instanceof NotDirectoryException) {
            return "a part of the path is not a directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "it is a directory that is not empty";
        }
        if (failure instanceof FileSystemLoopException) {
            return "its symbolic links go round in a circle";
        }
        String reason = failure instanceof FileSystemException fault && fault.getReason() != null ? fault.getReason()
                : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
