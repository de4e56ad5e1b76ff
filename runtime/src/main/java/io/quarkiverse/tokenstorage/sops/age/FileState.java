package io.quarkiverse.tokenstorage.sops.age;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells a file from what it was before, or from another in its place, without reading it. A link counts as what it
 * points to.
 *
 * @param attributes which file it is, its time and its size; empty if there is none that can be seen
 */
record FileState(Path file, Optional<Attributes> attributes) {

    /** @param key the number of the file where the system has one, else null */
    record Attributes(Object key, FileTime modified, long size) {
    }

    /**
     * Looks at a file. Asked at each load, of places most of which are empty: an exception would cost more than to ask first,
     * but to ask first is in vain if the file is there.
     *
     * @param before what was seen the last time; null if nobody has looked
     */
    static FileState of(Path file, FileState before) {
        boolean expected = before != null && before.attributes().isPresent();
        if (!expected && !file.toFile().exists()) {
            return new FileState(file, Optional.empty());
        }
        try {
            BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(file, Optional.of(new Attributes(read.fileKey(), read.lastModifiedTime(), read.size())));
        } catch (IOException e) {
            return new FileState(file, Optional.empty());
        }
    }
}
