package io.quarkiverse.tokenstorage.interop.conformance;

/** What is done to a document of the other side before it is read: by sops to ours, by this library to that of sops. */
enum FileChange {

    ROTATED_BY_SOPS("ours, after sops rotate"),
    SET_BY_SOPS("ours, after sops set"),
    UNSET_BY_SOPS("ours, after sops unset"),
    EDITED_BY_SOPS("ours, after sops edit"),
    KEYS_UPDATED_BY_SOPS("ours, after sops updatekeys"),
    ROTATED_BY_US("of sops, rotated by this library"),
    KEYS_UPDATED_BY_US("of sops, keys updated by this library");

    private final String title;

    FileChange(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
