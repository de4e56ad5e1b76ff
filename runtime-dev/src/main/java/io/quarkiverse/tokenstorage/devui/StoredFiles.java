package io.quarkiverse.tokenstorage.devui;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.quarkiverse.tokenstorage.store.DocumentNames;

/** The token files of one directory, looked at and not opened. What cannot be listed is left out: loading says why. */
final class StoredFiles {

    private record Name(String provider, DocumentNames codec) {
    }

    private final Path directory;
    private final Map<String, StoredFile> byName = new TreeMap<>();
    private final Set<String> subdirectories = new HashSet<>();

    private StoredFiles(Path directory) {
        this.directory = directory;
    }

    static StoredFiles in(Path directory) {
        StoredFiles files = new StoredFiles(directory);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                files.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // there is none yet, or it must not be looked into
        }
        return files;
    }

    private void add(Path entry) {
        if (name(entry.getFileName().toString()).isEmpty()) {
            return;
        }
        try {
            StoredFile file = StoredFile.of(entry);
            byName.put(file.name(), file);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                subdirectories.add(file.name());
            }
        } catch (IOException e) {
            // removed or renamed since it was listed
        }
    }

    private static Optional<Name> name(String fileName) {
        for (DocumentNames codec : DocumentNames.values()) {
            Optional<String> provider = codec.provider(fileName);
            if (provider.isPresent()) {
                return Optional.of(new Name(provider.get(), codec));
            }
        }
        return Optional.empty();
    }

    Path directory() {
        return directory;
    }

    /** Whether it only has the name of a token file. */
    boolean isDirectory(StoredFile file) {
        return subdirectories.contains(file.name());
    }

    /** The file that is read for this provider. */
    Optional<StoredFile> of(String provider, DocumentNames codec) {
        return Optional.ofNullable(byName.get(codec.current(provider)))
                .or(() -> codec.legacy(provider).map(byName::get));
    }

    /** The files that {@code used} does not hold, with their providers, by name. */
    List<Map.Entry<String, StoredFile>> others(List<StoredFile> used) {
        List<Map.Entry<String, StoredFile>> others = new ArrayList<>();
        byName.values().stream().filter(file -> !used.contains(file)).sorted(Comparator.comparing(StoredFile::name))
                .forEach(file -> name(file.name()).ifPresent(name -> others.add(Map.entry(name.provider(), file))));
        return others;
    }
}
