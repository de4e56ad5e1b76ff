package io.quarkiverse.tokenstorage.sops;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;

/**
 * An encrypted file, read but not decrypted. Nothing in it has been verified: what it shows in clear decides nothing.
 *
 * @param location the name of the file, for messages
 * @param metadata the {@code sops} block
 * @param tree the document without the block, its values as they stand in the file
 */
public record SopsDocument(String location, SopsMetadata metadata, JsonObject tree) {

    /**
     * @throws DamagedDocumentException if it is not JSON, or has no {@code sops} block or a faulty one
     */
    public static SopsDocument parse(byte[] json, String location) {
        try {
            return of(JsonReader.read(json, location), location);
        } catch (JsonException e) {
            throw new DamagedDocumentException(e.getMessage());
        }
    }

    /** @throws DamagedDocumentException if it has no {@code sops} block or a faulty one */
    public static SopsDocument of(JsonObject document, String location) {
        List<JsonMember> members = new ArrayList<>(document.members().size());
        JsonObject block = null;
        for (JsonMember member : document.members()) {
            if (!member.name().equals(SopsMetadata.MEMBER)) {
                members.add(member);
            } else if (block != null) {
                throw new DamagedDocumentException(location + ": there are two sops blocks");
            } else if (member.value() instanceof JsonObject object) {
                block = object;
            } else {
                throw new DamagedDocumentException(location + ": its sops member is not an object");
            }
        }
        if (block == null || block.members().isEmpty()) {
            throw new NotEncryptedException(location + ": not encrypted with SOPS, it has no sops block");
        }
        return new SopsDocument(location, MetadataReader.read(block, location), new JsonObject(members));
    }

    /**
     * What the document shows without its key: the members whose values are in clear, without those that are encrypted. Nobody
     * has checked these values.
     *
     * @throws DamagedDocumentException if something stands in clear that should be encrypted, or the code is missing
     */
    public JsonObject clearTree() {
        return new ClearView(this).tree();
    }

    /**
     * Whether the document has a top-level member {@code sops}: then it is encrypted, or at least cannot be, because that name
     * is taken.
     */
    public static boolean isEncrypted(JsonObject document) {
        return document.get(SopsMetadata.MEMBER).isPresent();
    }
}
