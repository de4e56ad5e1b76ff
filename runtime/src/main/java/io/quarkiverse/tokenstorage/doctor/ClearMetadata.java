package io.quarkiverse.tokenstorage.doctor;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.tokenstorage.sops.selector.ClearPaths;
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
                .ifPresent(token -> names.addAll(
                        ClearPaths.of(TokenJson.metadataAlone(TokenJson.write(token)), selection))));
        return List.copyOf(names);
    }
}
