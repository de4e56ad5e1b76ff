package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.Consumer;

/** Instructions that exist. */
final class DockerfileCheck implements Consumer<Snippet> {

    private static final Set<String> INSTRUCTIONS = Set.of("FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "EXPOSE", "VOLUME",
            "ENTRYPOINT", "CMD", "ARG", "LABEL");

    @Override
    public void accept(Snippet snippet) {
        for (String line : snippet.text().replace("\\\n", " ").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                assertThat(INSTRUCTIONS).as("%s", snippet).contains(line.split("\\s", 2)[0]);
            }
        }
    }
}
