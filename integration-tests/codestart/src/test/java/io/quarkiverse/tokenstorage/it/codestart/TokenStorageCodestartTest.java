package io.quarkiverse.tokenstorage.it.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.bootstrap.resolver.maven.BootstrapMavenException;
import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import io.quarkus.devtools.project.QuarkusProjectHelper;
import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;

/**
 * What a new application gets, held against snapshots; {@code -Dsnap} writes them anew. That it works is shown by
 * {@code integration-tests/codestart/run}, which builds and starts it.
 */
class TokenStorageCodestartTest {

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = QuarkusCodestartTest.builder().languages(JAVA)
            .setupStandaloneExtensionTest("io.quarkiverse.tokenstorage:quarkus-token-storage").build();

    /** The extension is in no repository yet, but was built before this module. */
    @BeforeAll
    static void resolveFromThisBuild() throws BootstrapMavenException {
        QuarkusProjectHelper.setArtifactResolver(MavenArtifactResolver.builder().setWorkspaceDiscovery(true).build());
    }

    @Test
    void hasTheseSources() throws Throwable {
        CODESTART.assertThatGeneratedTreeMatchSnapshots(JAVA, "src/main/java");
    }

    @Test
    void hasTheseTests() throws Throwable {
        CODESTART.assertThatGeneratedTreeMatchSnapshots(JAVA, "src/test");
    }

    @ParameterizedTest
    @ValueSource(strings = { "AccessTokens", "TokenEndpoint", "TokenResource" })
    void hasSource(String className) throws Throwable {
        CODESTART.checkGeneratedSource("org.acme." + className);
    }

    @ParameterizedTest
    @ValueSource(strings = { "AccessTokensTest", "TokenResourceTest", "TokenResourceIT" })
    void hasTest(String className) throws Throwable {
        CODESTART.checkGeneratedTestSource("org.acme." + className);
    }

    @Test
    void hasConfiguration() throws Throwable {
        CODESTART.assertThatGeneratedFileMatchSnapshot(JAVA, "src/main/resources/application.properties");
    }

    @Test
    void tellsHowToSeeItAndHowToRunItInProduction() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "README.md").content()
                .contains("### Token Storage", "curl http://localhost:8080/token", "`target/token-storage-dev`",
                        "export AUTH_STORAGE_SOPS_AGE_KEY_FILE=", "java -jar target/quarkus-app/quarkus-run.jar",
                        "open to everybody");
    }

    @Test
    void dependsOnWhatItUses() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "pom.xml").content()
                .containsSubsequence("<artifactId>quarkus-token-storage</artifactId>", "<artifactId>quarkus-rest</artifactId>",
                        "<artifactId>rest-assured</artifactId>", "<scope>test</scope>");
    }
}
