package io.quarkiverse.tokenstorage.sops.json;

import io.quarkiverse.tokenstorage.TokenStorageException;

/**
 * Text that is not a JSON document SOPS could hold, or a document beyond the limits of {@link JsonReader}. The message is one
 * line with the name of the document and the place; it never quotes content.
 */
public final class JsonException extends TokenStorageException {

    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
