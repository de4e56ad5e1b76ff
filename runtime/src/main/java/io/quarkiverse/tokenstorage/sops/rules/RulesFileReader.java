package io.quarkiverse.tokenstorage.sops.rules;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.files.RegularFile;

/**
 * Reads a rules file anew each time, and parses it only when its content is another than the last time, be it well-formed or
 * not. Thread-safe.
 */
final class RulesFileReader {

    /** @param fault why there are no rules, or null */
    private record Parsed(Path file, byte[] content, RulesFile rules, String fault) {

        RulesFile get() {
            if (fault != null) {
                throw new StorageNotConfiguredException(fault);
            }
            return rules;
        }
    }

    private volatile Parsed last;

    /** @param origin how the file was chosen, for messages */
    RulesFile read(Path file, String origin) {
        byte[] content;
        try {
            content = RegularFile.read(file, YamlDocument.LARGEST_FILE);
        } catch (FileSystemException e) {
            throw new StorageNotConfiguredException("SOPS not configured: the rules file " + file + " (from " + origin
                    + ") cannot be read: " + e.getReason() + ". Run 'secrets doctor' for setup");
        }
        Parsed known = last;
        if (known != null && known.file().equals(file) && Arrays.equals(known.content(), content)) {
            return known.get();
        }
        Parsed parsed;
        try {
            parsed = new Parsed(file, content, RulesFile.parse(content, file), null);
        } catch (StorageNotConfiguredException e) {
            parsed = new Parsed(file, content, null, e.getMessage());
        }
        last = parsed;
        return parsed.get();
    }
}
