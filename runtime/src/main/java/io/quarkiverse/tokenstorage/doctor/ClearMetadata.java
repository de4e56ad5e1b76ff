package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.sops.selector.ValueSelection;
import io.quarkiverse.tokenstorage.storage.TokenJson;

/** The metadata of stored tokens that a selection leaves in clear, by name. */
final class ClearMetadata {

    /** A member that no provider sends: if even this one stays in clear, so do all. */
    private static final String ANY = "any member";

    private final Installation installation;
    private final ValueSelection selection;

    ClearMetadata(Installation installation, ValueSelection selection) {
        this.installation = installation;
        this.selection = selection;
    }

    List<String> names() {
        if (!selection.selects(List.of(TokenJson.METADATA, ANY))) {
            return List.of("all of it");
        }
        Set<String> names = new TreeSet<>();
        // What cannot be read, the check of the stored tokens tells
        installation.stored().readings().forEach(reading -> reading.token()
                .ifPresent(token -> collect(token.metadata(), List.of(TokenJson.METADATA), names)));
        return List.copyOf(names);
    }

    private void collect(Object value, List<String> path, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                List<String> memberPath = new ArrayList<>(path);
                memberPath.add((String) name);
                collect(member, memberPath, names);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, path, names));
        } else if (value != null && !selection.selects(path)) {
            names.add(String.join(".", path));
        }
    }
}
