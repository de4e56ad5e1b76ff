package io.quarkiverse.tokenstorage.store;

/**
 * A document as it was read.
 *
 * @param content the bytes; the caller's to keep
 * @param location where it stands, for messages: the path of the file
 */
public record StoredDocument(byte[] content, String location) {

    @Override
    public String toString() {
        return location;
    }
}
