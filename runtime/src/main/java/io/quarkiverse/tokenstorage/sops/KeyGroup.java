package io.quarkiverse.tokenstorage.sops;

import java.util.List;

/** The entries of one key group: any of them yields the data key, or with several groups this group's share of it. */
public record KeyGroup(List<KeyEntry> entries) {

    public KeyGroup {
        entries = List.copyOf(entries);
    }
}
