package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** The committed configuration reference is what the Javadoc of the mappings says today. */
class ConfigurationReferenceTest {

    private static final Path GENERATED = Project.BUILD.resolve("configuration-reference/quarkus-token-storage.adoc");
    private static final Path COMMITTED = Project.MODULE.resolve("partials/quarkus-token-storage.adoc");

    /** With {@code -Ddocs.write=true} the committed file is written anew instead. */
    @Test
    void isUpToDate() throws IOException {
        String generated = Project.read(GENERATED);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(COMMITTED, generated);
        }
        assertThat(Project.read(COMMITTED))
                .as("%s; 'docs/update' writes it anew from the Javadoc of the mappings", Project.name(COMMITTED))
                .isEqualTo(generated);
    }

    @Test
    void describesEachKeyOnce() {
        assertThat(Project.lines(GENERATED)).filteredOn(line -> line.contains("[.property-path]")).hasSizeGreaterThan(10)
                .doesNotHaveDuplicates();
    }
}
