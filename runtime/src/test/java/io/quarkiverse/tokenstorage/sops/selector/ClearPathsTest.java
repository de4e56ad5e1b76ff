package io.quarkiverse.tokenstorage.sops.selector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.sops.json.JsonReader;

class ClearPathsTest {

    private static List<String> clear(String json, ValueSelection selection) {
        return ClearPaths.of(JsonReader.read(json.getBytes(UTF_8), "test"), selection);
    }

    @Test
    void eachPathOccursOnceInTheOrderOfTheDocument() {
        assertThat(clear("""
                {"z": 1, "a": {"b": ["x", "y", {"c": true}], "d.e": 0.5}, "hidden": "h", "z2": {"hidden": "h"}}""",
                path -> path.contains("hidden"))).containsExactly("z", "a.b", "a.b.c", "a.d.e");
    }

    @Test
    void whatTellsNothingIsNotCounted() {
        assertThat(clear("""
                {"a": "", "b": null, "c": {}, "d": [], "e": [null, ""], "f": {"g": ""}}""", path -> false)).isEmpty();
        assertThat(clear("""
                {"a": " ", "b": 0, "c": false}""", path -> false)).containsExactly("a", "b", "c");
    }

    @Test
    void theSelectionIsGivenTheWholePath() {
        assertThat(clear("""
                {"a": {"b": 1}, "b": {"a": 1}}""", path -> path.equals(List.of("a", "b")))).containsExactly("b.a");
    }
}
