package io.quarkiverse.tokenstorage.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;

/** What tells apart documents that the releases write for the same content and an age recipient. */
final class WrittenForm {

    private WrittenForm() {
    }

    /** @param encrypts whether the document has encrypted integers */
    static void assertOf(SopsRelease release, byte[] document, boolean encrypts) {
        String text = new String(document, StandardCharsets.UTF_8);
        assertThat(text.endsWith("}\n")).as("%s writes a final newline", release).isEqualTo(release.has("3.10.0"));
        assertThat(text.contains("\"hc_vault\": null")).as("%s writes null for the kinds without keys", release)
                .isEqualTo(!release.has("3.10.0"));
        assertThat(text.indexOf("\"enc\":") < text.indexOf("\"recipient\":")).as("%s sorts the metadata", release)
                .isEqualTo(release.has("3.13.0"));
        assertThat(text.contains(",type:int]")).as("%s encrypts integers as such", release)
                .isEqualTo(encrypts && release.hasExactIntegers());
    }
}
