package io.quarkiverse.tokenstorage.sops.rules;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/**
 * Parses YAML up to its nodes and no further: nothing is constructed, texts stay as they are written, every node knows its
 * line. Sizes and depths are bounded.
 */
final class YamlDocument {

    static final int LARGEST_FILE = 1 << 20;

    /** Only against files that nobody writes: what aliases make of a file costs of the {@link WorkBudget}. */
    private static final int MOST_ALIASES = 10_000;
    private static final int DEEPEST_NESTING = 100;

    private YamlDocument() {
    }

    /**
     * @return the first document, as sops reads it; empty if there is none
     * @throws StorageNotConfiguredException if it is not YAML; tells line and column, and nothing of the content
     */
    static Optional<Node> parse(byte[] content, Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST_NESTING);
        options.setAllowDuplicateKeys(false);
        try {
            String text = charset(content).newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(content)).toString();
            Iterator<Node> documents = new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))
                    .iterator();
            return documents.hasNext() ? Optional.of(documents.next()).filter(node -> !YamlMapping.isNull(node))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            throw new StorageNotConfiguredException(file + " is not UTF-8 text: write it anew");
        } catch (MarkedYAMLException e) {
            throw new StorageNotConfiguredException(file + " is not valid YAML" + at(e.getProblemMark())
                    + ": correct the file (indentation, quotes, colons)");
        } catch (YAMLException e) {
            throw new StorageNotConfiguredException(file + " is not usable as YAML: it holds characters that YAML forbids, is"
                    + " nested deeper than " + DEEPEST_NESTING + " levels, or uses more than " + MOST_ALIASES + " aliases");
        }
    }

    /** With a mark at its beginning it may be UTF-16, as PowerShell writes it; sops reads that too. */
    private static Charset charset(byte[] content) {
        boolean marked = content.length >= 2
                && (content[0] == (byte) 0xFE && content[1] == (byte) 0xFF
                        || content[0] == (byte) 0xFF && content[1] == (byte) 0xFE);
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static String at(Mark mark) {
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }
}
