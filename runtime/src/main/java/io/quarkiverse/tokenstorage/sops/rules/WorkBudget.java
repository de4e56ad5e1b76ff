package io.quarkiverse.tokenstorage.sops.rules;

import org.yaml.snakeyaml.nodes.Node;

/**
 * What reading one rules file may cost. Aliases and merges make a small file a large one, and limits on each of these
 * multiply; this bounds all of them together. Not thread-safe.
 */
final class WorkBudget {

    private static final int WHOLE = 10_000_000;
    /** A mapping, a pair of one, or a key, which is kept, weighs as much as so many characters that are looked at. */
    private static final int ITEM = 100;

    private int left = WHOLE;

    /** One mapping, pair or master key more. */
    void item(Node node, Place place) {
        characters(ITEM, node, place);
    }

    /**
     * A text of this length, which is searched or copied.
     *
     * @throws io.quarkiverse.tokenstorage.StorageNotConfiguredException if the file has cost too much by now
     */
    void characters(int count, Node node, Place place) {
        left -= count;
        if (left < 0) {
            throw place.fault(node, "the rules are too long with all that their aliases and merges repeat: repeat less");
        }
    }
}
