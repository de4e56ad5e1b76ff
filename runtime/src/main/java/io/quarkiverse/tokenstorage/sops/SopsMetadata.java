package io.quarkiverse.tokenstorage.sops;

import java.util.List;

import io.quarkiverse.tokenstorage.sops.selector.Selector;

/**
 * The {@code sops} block of a document. Except for {@link #lastModified} nothing in it is authenticated: who can write the
 * file can change it.
 *
 * @param keyGroups the wrapped data key; at least one group
 * @param shamirThreshold how many groups are needed; 0 if the file does not say
 * @param lastModified RFC 3339 in whole seconds
 * @param mac the encrypted message authentication code; empty if there is none
 * @param macOnlyEncrypted whether the code covers encrypted values only
 * @param selector which values are encrypted
 * @param version of the sops that wrote it
 */
public record SopsMetadata(List<KeyGroup> keyGroups, int shamirThreshold, String lastModified, String mac,
        boolean macOnlyEncrypted, Selector selector, String version) {

    /** The member of a document that holds it. */
    public static final String MEMBER = "sops";

    public SopsMetadata {
        keyGroups = List.copyOf(keyGroups);
    }

    /** The same block with the same data key, wrapped in another way. */
    SopsMetadata withKeys(WrappedDataKey wrapped) {
        return new SopsMetadata(wrapped.keyGroups(), wrapped.shamirThreshold(), lastModified, mac, macOnlyEncrypted, selector,
                version);
    }
}
