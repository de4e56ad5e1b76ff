package io.quarkiverse.tokenstorage.cli;

import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.TokenStorage;
import picocli.CommandLine.Model.CommandSpec;

/** Loads a token for a person, who is told what to do about a damaged one: a library does not know whose document it is. */
final class StoredToken {

    private final TokenStorage storage;
    private final String program;

    /** @param spec of a command of the same program */
    StoredToken(TokenStorage storage, CommandSpec spec) {
        this.storage = storage;
        this.program = spec.root().qualifiedName();
    }

    /** @throws CommandFailure if it is damaged */
    Optional<AuthToken> load(String provider) {
        try {
            return storage.load(provider);
        } catch (DamagedDocumentException e) {
            String message = e.getMessage();
            String saving = "'" + program + " auth import " + provider + " FILE'";
            throw new CommandFailure(ExitCode.ERROR, message + (message.contains("restore the file") ? " (" + saving + ")"
                    : ". Restore the file from a copy, or log in again or import a token: " + saving), e);
        }
    }
}
