package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.w3c.dom.Element;

/** A dependency is one that this project is built with and, where a version is given, in that version. */
final class PomCheck implements Consumer<Snippet> {

    /** Group and artifact, to the version that a POM of this project gives; empty where the BOM of Quarkus does. */
    private final Map<String, String> versions = new HashMap<>();

    PomCheck() {
        Element root = Xml.parse(Project.read(Project.ROOT.resolve("pom.xml")));
        for (Path pom : List.of(Project.ROOT.resolve("pom.xml"), Project.ROOT.resolve("runtime/pom.xml"),
                Project.ROOT.resolve("deployment/pom.xml"))) {
            read(pom, root);
        }
        Project.files(Project.ROOT.resolve("integration-tests"), "pom.xml").stream()
                .filter(pom -> !pom.toString().contains("target")).forEach(pom -> read(pom, root));
    }

    private void read(Path pom, Element root) {
        for (Element dependency : Xml.all(Xml.parse(Project.read(pom)), "dependency")) {
            String version = Xml.text(dependency, "version").replace("${project.version}", Project.VERSION);
            if (version.startsWith("${")) {
                version = Xml.text(root, version.substring(2, version.length() - 1));
            }
            String known = versions.getOrDefault(name(dependency), "");
            versions.put(name(dependency), version.isEmpty() ? known : version);
        }
    }

    @Override
    public void accept(Snippet snippet) {
        Element root = Xml.parse("<snippet>" + snippet.text() + "</snippet>");
        List<Element> dependencies = Xml.all(root, "dependency");
        assertThat(dependencies).as("%s: only dependencies are checked", snippet).isNotEmpty();
        for (Element dependency : dependencies) {
            assertThat(versions).as("%s: a dependency that the project is not built with", snippet)
                    .containsKey(name(dependency));
            String version = Xml.text(dependency, "version");
            if (!version.isEmpty()) {
                assertThat(version).as("%s: version of %s", snippet, name(dependency))
                        .isEqualTo(versions.get(name(dependency)));
            }
        }
    }

    private static String name(Element dependency) {
        return Xml.text(dependency, "groupId") + ":" + Xml.text(dependency, "artifactId");
    }
}
