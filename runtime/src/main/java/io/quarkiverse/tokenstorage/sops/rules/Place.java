package io.quarkiverse.tokenstorage.sops.rules;

import org.yaml.snakeyaml.nodes.Node;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Where in a rules file something stands, for messages.
 *
 * @param file the path of the file
 * @param part the part of it, such as {@code rule 2}; may be empty
 */
record Place(String file, String part) {

    Place in(String innerPart) {
        return new Place(file, part.isEmpty() ? innerPart : part + ", " + innerPart);
    }

    StorageNotConfiguredException fault(Node node, String problem) {
        return new StorageNotConfiguredException(
                (part.isEmpty() ? file : file + ", " + part) + " (line " + line(node) + "): " + problem);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    @Override
    public String toString() {
        return part.isEmpty() ? file : file + ", " + part;
    }
}
