package io.quarkiverse.tokenstorage.sops;

import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/**
 * One entry of a key list in the {@code sops} block: a data key (or a share of it), wrapped by one master key.
 *
 * @param kind the list it stands in
 * @param identity the text that names the master key: the age recipient, the PGP fingerprint, the ARN, …
 * @param enc the wrapped key as text in the form of its kind
 * @param fields all fields as they stand in the file, {@code enc} and the identity included
 */
public record KeyEntry(KeyKind kind, String identity, String enc, JsonObject fields) {

    /**
     * The identity of an entry with these fields; {@code enc} is not looked at.
     *
     * @throws io.quarkiverse.tokenstorage.DamagedDocumentException if they are none of this kind
     */
    public static String identity(KeyKind kind, JsonObject fields) {
        return KeyEntryReader.identity(kind, new WeaklyTypedObject(fields, kind.metadataName()));
    }
}
