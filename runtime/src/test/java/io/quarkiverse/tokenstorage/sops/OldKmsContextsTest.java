package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldKmsContextsTest {

    private static List<String> contexts(String version, String context) {
        String document = "{\"sops\":{\"kms\":[{\"arn\":\"arn:aws:kms:r:1:key/k\",\"role\":\"r\",\"CONTEXT\":" + context
                + ",\"enc\":\"e\",\"created_at\":\"2017-01-01T00:00:00Z\"}],\"pgp\":[{\"fp\":\"F\",\"enc\":\"e\",\"created_at\":\"2017-01-01T00:00:00Z\"}],\"lastmodified\":\"2017-01-01T00:00:00Z\",\"mac\":\"\","
                + "\"version\":\"" + version + "\"}}";
        SopsMetadata metadata = SopsDocument.parse(document.getBytes(StandardCharsets.UTF_8), "f").metadata();
        List<KeyGroup> groups = OldKmsContexts.keyGroups(metadata);
        assertThat(groups).hasSize(1);
        List<KeyEntry> entries = groups.get(0).entries();
        assertThat(entries).first().isSameAs(metadata.keyGroups().get(0).entries().get(0));
        assertThat(entries).last().isSameAs(metadata.keyGroups().get(0).entries().get(1));
        List<KeyEntry> kms = entries.subList(0, entries.size() - 1);
        assertThat(kms).allSatisfy(entry -> {
            assertThat(entry.enc()).isEqualTo("e");
            assertThat(entry.identity()).isEqualTo(kms.get(0).identity());
            assertThat(KmsKey.of(entry.fields(), "").role()).isEqualTo("r");
        });
        return kms.stream().map(entry -> KmsKey.of(entry.fields(), "").context().toString()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { "1.13", "1.0.0", "0.1.2", "2.0.10", "3.0.5", "3.2.0", "v3.1.1", "3.2.0-rc1" })
    void eachValueUnderAllNames(String version) {
        assertThat(contexts(version, "{\"a\":\"x\",\"b\":\"y\",\"c\":\"x\"}")).containsExactly("{a=x, b=y, c=x}",
                "{a=x, b=x, c=x}", "{a=y, b=y, c=y}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "3.3.0", "3.10.0", "3.13.2", "v3.20.1", "4.0.0", "13.2.0", "10.0.0" })
    void laterReleasesSayWhatTheyDid(String version) {
        assertThat(contexts(version, "{\"a\":\"x\",\"b\":\"y\"}")).containsExactly("{a=x, b=y}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "null", "{\"a\":\"x\"}", "{\"a\":\"x\",\"b\":\"x\"}" })
    void nothingCouldBeMistaken(String context) {
        assertThat(contexts("3.2.0", context)).hasSize(1);
    }

    @Test
    void aStrangersFileCausesFewCalls() {
        String context = IntStream.range(0, 1000).mapToObj(i -> "\"n" + i + "\":\"v" + i + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(contexts("3.2.0", context)).hasSize(1 + 8);
    }
}
