package io.quarkiverse.tokenstorage.it.codestart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkus.platform.catalog.processor.ExtensionProcessor;
import io.quarkus.registry.catalog.Extension;

/** The entry of the extension in the catalog, as the tools of Quarkus read it from the built extension. */
class ExtensionMetadataTest {

    private static final String PUBLISHED = "https://raw.githubusercontent.com/quarkiverse/quarkus-token-storage/main/";

    private static Extension extension;

    @BeforeAll
    static void read() throws IOException, URISyntaxException {
        Path built = Path.of(TokenStorage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(built)) {
            extension = Extension.fromFile(built.resolve("META-INF/quarkus-extension.yaml"));
            return;
        }
        try (var jar = FileSystems.newFileSystem(built)) {
            extension = Extension.fromFile(jar.getPath("META-INF/quarkus-extension.yaml"));
        }
    }

    @Test
    void saysWhatItIs() {
        assertThat(extension.getName()).isEqualTo("Token Storage");
        assertThat(extension.getDescription()).contains("OAuth 2.0", "SOPS").doesNotEndWith(".");
        assertThat(ExtensionProcessor.getShortName(extension)).isEqualTo("token-storage");
        assertThat(ExtensionProcessor.of(extension).getKeywords()).contains("oauth2", "oidc", "sops", "age");
        assertThat(ExtensionProcessor.of(extension).getCategories()).containsExactly("security");
        assertThat(extension.getMetadata()).containsEntry("status", "preview");
    }

    @Test
    void runsWithTheOldestSupportedQuarkusAndJava() {
        assertThat(extension.getMetadata()).containsEntry("requires-quarkus-core", "[3.27,)")
                .containsEntry("minimum-java-version", "17");
    }

    @Test
    void leadsToTheDocumentationAndTheSources() {
        assertThat(ExtensionProcessor.getGuide(extension)).isEqualTo("https://docs.quarkiverse.io/quarkus-token-storage/dev/");
        assertThat(extension.getMetadata()).containsEntry("scm-url", "https://github.com/quarkiverse/quarkus-token-storage");
    }

    @Test
    void namesAnIconThatIsThere() {
        String icon = (String) extension.getMetadata().get("icon-url");
        assertThat(icon).startsWith(PUBLISHED);
        assertThat(Path.of("../..", icon.substring(PUBLISHED.length()))).content().startsWith("<svg ");
    }

    @Test
    void namesThePrefixOfItsConfiguration() {
        assertThat(extension.getMetadata().get("config")).asList().containsExactly("auth.");
    }

    @Test
    void namesItsCodestart() {
        assertThat(extension.getMetadata().get("codestart")).isEqualTo(Map.of("name", "token-storage", "languages",
                List.of("java"), "artifact", "io.quarkiverse.tokenstorage:quarkus-token-storage:codestarts:jar:"
                        + extension.getArtifact().getVersion()));
    }
}
