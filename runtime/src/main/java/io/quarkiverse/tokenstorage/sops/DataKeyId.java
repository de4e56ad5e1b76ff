package io.quarkiverse.tokenstorage.sops;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;

/**
 * What a data key is known by before it is unwrapped: the SHA-256 of all key entries of its document, of whatever kinds and in
 * however many groups, and of how many of these are needed. Documents that differ in any of it have different ones.
 */
record DataKeyId(ByteBuffer digest) {

    /**
     * The same for all documents with these entries.
     *
     * @param threshold how many groups are needed, as the document says
     */
    static DataKeyId of(List<KeyGroup> keyGroups, int threshold) {
        MessageDigest digest = sha256();
        update(digest, threshold);
        for (KeyGroup group : keyGroups) {
            update(digest, group.entries().size());
            for (KeyEntry entry : group.entries()) {
                update(digest, entry.kind().metadataName());
                // All fields: a context, a role or a version has a say in what is opened. Sorted, as they are written
                update(digest, MetadataWriter.sorted(entry.fields()));
            }
        }
        return new DataKeyId(ByteBuffer.wrap(digest.digest()));
    }

    private static void update(MessageDigest digest, JsonObject fields) {
        update(digest, fields.members().size());
        for (JsonMember member : fields.members()) {
            update(digest, member.name());
            if (member.value() instanceof JsonString text) {
                digest.update((byte) 0);
                update(digest, text.value());
            } else {
                digest.update((byte) 1);
                update(digest, JsonWriter.write(JsonObject.builder().add(member.name(), member.value()).build(), 0));
            }
        }
    }

    private static void update(MessageDigest digest, String part) {
        update(digest, part.getBytes(StandardCharsets.UTF_8));
    }

    private static void update(MessageDigest digest, byte[] part) {
        update(digest, part.length);
        digest.update(part);
    }

    private static void update(MessageDigest digest, int number) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            digest.update((byte) (number >> shift));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
