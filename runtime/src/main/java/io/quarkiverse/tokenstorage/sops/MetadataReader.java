package io.quarkiverse.tokenstorage.sops;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.selector.Selector;
import io.quarkiverse.tokenstorage.sops.shamir.SecretSharing;
import io.quarkiverse.tokenstorage.sops.text.Rfc3339;

/** Reads the {@code sops} block of a document of any age ({@code stores/stores.go}, {@code version/version.go}). */
final class MetadataReader {

    private MetadataReader() {
    }

    /**
     * @param location the name of the document, for messages
     * @throws DamagedDocumentException if sops could not load it either
     */
    static SopsMetadata read(JsonObject block, String location) {
        WeaklyTypedObject sops = new WeaklyTypedObject(block, location + ": " + SopsMetadata.MEMBER);
        Optional<OffsetDateTime> lastModified = Rfc3339.parse(sops.text("lastmodified"));
        if (lastModified.isEmpty()) {
            throw sops.wrong("lastmodified", "an RFC 3339 time");
        }
        String version = sops.text("version");
        if (!isVersion(version)) {
            throw sops.wrong("version", "a version such as 3.13.2");
        }
        List<KeyGroup> keyGroups = keyGroups(sops);
        int threshold = sops.count("shamir_threshold");
        if (keyGroups.size() > 1 && threshold > keyGroups.size()) {
            throw new DamagedDocumentException(sops.where() + ".shamir_threshold asks for " + threshold + " key groups, but"
                    + " there are only " + keyGroups.size());
        }
        return new SopsMetadata(keyGroups, threshold, Rfc3339.formatSeconds(lastModified.get()),
                sops.text("mac"), sops.flag("mac_only_encrypted"), selector(sops), version);
    }

    /** Lists beside each other are the one group, and make sops overlook any groups there are. */
    private static List<KeyGroup> keyGroups(WeaklyTypedObject sops) {
        KeyEntryReader reader = new KeyEntryReader();
        List<KeyEntry> flat = reader.read(sops);
        if (!flat.isEmpty()) {
            return List.of(new KeyGroup(flat));
        }
        List<KeyGroup> groups = new ArrayList<>();
        for (WeaklyTypedObject group : sops.objects("key_groups", SecretSharing.MAX_SHARES, "key groups")) {
            groups.add(new KeyGroup(reader.read(group)));
        }
        if (groups.stream().allMatch(group -> group.entries().isEmpty())) {
            throw new DamagedDocumentException(sops.where() + " names no keys");
        }
        return groups;
    }

    private static Selector selector(WeaklyTypedObject sops) {
        Selector found = null;
        for (Selector.Kind kind : Selector.Kind.values()) {
            String pattern = sops.text(kind.fieldName());
            if (!pattern.isEmpty()) {
                if (found != null) {
                    throw new DamagedDocumentException(sops.where() + " has both " + found.kind().fieldName() + " and "
                            + kind.fieldName() + ", of which there can only be one");
                }
                found = new Selector(kind, pattern);
            }
        }
        return found == null ? Selector.DEFAULT : found;
    }

    /** Whether the commands of sops would go on with it: anything of a 1.x, else a full semantic version. */
    private static boolean isVersion(String version) {
        if (version.startsWith("1.")) {
            return true;
        }
        String core = version.startsWith("v") ? version.substring(1) : version;
        int end = 0;
        while (end < core.length() && core.charAt(end) != '-' && core.charAt(end) != '+') {
            end++;
        }
        String[] numbers = core.substring(0, end).split("\\.", -1);
        boolean complete = numbers.length == 3;
        for (String number : numbers) {
            complete &= !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (number.length() == 1 || number.charAt(0) != '0');
        }
        return complete;
    }
}
