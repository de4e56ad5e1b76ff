package io.quarkiverse.tokenstorage.sops.executable;

import java.util.List;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;

/**
 * What exit codes of sops mean ({@code cmd/sops/codes/codes.go}). Its words are passed on only where it had no value of a
 * document in clear.
 */
final class ProgramFailure {

    private static final int ERROR_DECRYPTING_MAC = 24;
    private static final int ERROR_DECRYPTING_TREE = 25;
    private static final int MAC_MISMATCH = 51;
    private static final int MAC_NOT_FOUND = 52;
    private static final int DUPLICATE_DECRYPTION_KEY_TYPE = 112;
    static final int COULD_NOT_RETRIEVE_KEY = 128;

    private static final List<String> CONFIGURATION = List.of("error loading config", "config file not found",
            "could not read config file", "no matching creation rules");

    private ProgramFailure() {
    }

    /**
     * @param location the name of the document
     * @param words of sops; used only for {@link #COULD_NOT_RETRIEVE_KEY}, when it has decrypted nothing yet
     */
    static TokenStorageException ofDecryption(int exitCode, String location, String words) {
        return switch (exitCode) {
            case COULD_NOT_RETRIEVE_KEY ->
                new DataKeyUnavailableException(location + ": sops has no key that opens it: " + words);
            case ERROR_DECRYPTING_MAC, MAC_MISMATCH, MAC_NOT_FOUND -> new DamagedDocumentException(location
                    + " is damaged: its message authentication code is missing, or is not that of its content");
            case ERROR_DECRYPTING_TREE -> new DamagedDocumentException(location
                    + " is damaged: a value fails authentication, or stands in clear where it should be encrypted");
            case DUPLICATE_DECRYPTION_KEY_TYPE -> new StorageNotConfiguredException(
                    "SOPS_DECRYPTION_ORDER names a kind of key twice: correct it");
            default -> new TokenStorageException(location + ": sops failed to decrypt it with exit code " + exitCode
                    + ". What it said is withheld, for it may quote values: run 'sops decrypt --input-type json' by hand");
        };
    }

    /**
     * @param origin of the rule
     * @param words what sops said of a document without secrets
     */
    static TokenStorageException ofProbe(int exitCode, String origin, String words) {
        String message = "sops cannot encrypt under " + origin + " (exit code " + exitCode + "): " + words;
        return CONFIGURATION.stream().anyMatch(words::contains) ? new StorageNotConfiguredException(message)
                : new TokenStorageException(message);
    }

    static TokenStorageException ofEncryption(int exitCode, String origin) {
        return new TokenStorageException("sops failed to encrypt the document with exit code " + exitCode
                + " twice, though in between it encrypted another under " + origin
                + ". What it said is withheld, for it may quote values. If it was a new token, this exception"
                + " carries it (unsavedToken): save that again, for the stored one may be spent");
    }
}
