package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Files that sops 3.13.2 wrote, what {@code sops decrypt} made of them, and what other writers would have written. */
class SopsFilesTest {

    private static final String TYPES_KEY = "5ebfbab8cefc66d5014416b4cff0df6669eb8a8545ed66d98b7eac67eb20b15d";
    private static final String REGEX_KEY = "5010c6edcd5fad5aba88a9bcaa28df38d2b04ef0c6eba9cf837dd74af8dd51fa";

    private static String resource(String name) throws IOException {
        try (InputStream stream = SopsFilesTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InProcessEngine engine(String dataKey) {
        return new InProcessEngine(List.of(FixedKeyService.answering(dataKey)), Clock.systemUTC(), new SecureRandom(),
                DataKeyCache.off());
    }

    private static JsonObject decrypt(String dataKey, String file) {
        return engine(dataKey).decrypt(file.getBytes(StandardCharsets.UTF_8), "file");
    }

    private static String plain(String dataKey, String file, int indent) {
        return new String(JsonWriter.write(decrypt(dataKey, file), indent), StandardCharsets.UTF_8);
    }

    @Test
    void areDecryptedToTheByte() throws IOException {
        assertThat(plain(TYPES_KEY, resource("types.sops.json"), JsonWriter.TAB)).isEqualTo(resource("types.decrypted.json"));
        assertThat(plain(REGEX_KEY, resource("regex.sops.json"), 2)).isEqualTo(resource("regex.decrypted.json"));
    }

    @Test
    void areWrittenTheSameWay() throws IOException {
        JsonObject plain = JsonReader.read(resource("types.plain.json").getBytes(StandardCharsets.UTF_8), "plain");
        KeyEntry entry = SopsDocument.parse(resource("types.sops.json").getBytes(StandardCharsets.UTF_8), "file").metadata()
                .keyGroups().get(0).entries().get(0);
        MasterKey master = new MasterKey() {
            @Override
            public KeyKind kind() {
                return entry.kind();
            }

            @Override
            public String identity() {
                return entry.identity();
            }

            @Override
            public KeyEntry wrap(DataKey dataKey) {
                return entry;
            }
        };
        try (PreparedEncryption encryption = engine(TYPES_KEY).prepare(FixedKeyService.rule(master))) {
            String ours = new String(encryption.encrypt(plain), StandardCharsets.UTF_8);
            UnaryOperator<String> masked = file -> file.replaceAll("data:[^,]*,iv:[^,]*,tag:[^,]*", "…")
                    .replaceAll("\"lastmodified\": \"[^\"]*\"", "…");
            assertThat(masked.apply(ours)).isEqualTo(masked.apply(resource("types.sops.json")));
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "`\"age\": [` | `\"kms\": null, \"pgp\": [], \"gcp_kms\": {}, \"age\": [`",
            "`\"age\": [` | `\"attention\": {\"x\": [1]}, \"AGE\": [`",
            "`\"lastmodified\"` | `\"LastModified\"`",
            "`\"unencrypted_suffix\": \"_unencrypted\",` | ``",
            "`\"unencrypted_suffix\": \"_unencrypted\",` | `\"unencrypted_suffix\": null, \"encrypted_regex\": \"\",`",
            "`\"version\": \"3.13.2\"` | `\"version\": \"v3.3.1-rc.1+b\"`",
            "`\"version\": \"3.13.2\"` | `\"version\": 1.13`",
            "`\"version\": \"3.13.2\"` | `\"version\": \"3.13.2\", \"shamir_threshold\": \"2\", \"mac_only_encrypted\": \"false\"`",
            "`:52Z\"` | `:52+00:00\"`",
            "`:52Z\"` | `:52.123Z\"`"
    })
    void ofOtherWritersAreRead(String found, String replacement) throws IOException {
        String file = resource("types.sops.json");
        assertThat(file).contains(found);
        String changed = file.replace(found, replacement);
        assertThat(plain(TYPES_KEY, changed, JsonWriter.TAB)).isEqualTo(resource("types.decrypted.json"));
    }

    /** Up to sops 3.13.1 all numbers were floats; the first sops wrote text as bytes. */
    @Test
    void areReadWithTheTypesOfOldWriters() throws IOException {
        String changed = resource("types.sops.json").replaceFirst("(\"zero\": .*type:)int", "$1float")
                .replaceFirst("(\"negative\": .*type:)int", "$1float")
                .replaceFirst("(\"access_token\": .*type:)str", "$1bytes");
        assertThat(changed.split("type:float", -1)).hasSize(8);
        assertThat(plain(TYPES_KEY, changed, JsonWriter.TAB)).isEqualTo(resource("types.decrypted.json"));
    }

    @Test
    void areReadWithTheBlockAnywhereAndASingleEntryForAList() throws IOException {
        String file = resource("types.sops.json");
        int block = file.indexOf("\t\"sops\": ");
        String sops = file.substring(block, file.lastIndexOf('}')).trim();
        String moved = "{" + sops + "," + file.substring(1, file.lastIndexOf(',', block)) + "}";
        assertThat(plain(TYPES_KEY, moved, JsonWriter.TAB)).isEqualTo(resource("types.decrypted.json"));
        String single = file.replaceFirst("(?s)\"age\": \\[(.*?\\})\\s*\\]", "\"age\": $1");
        assertThat(single).isNotEqualTo(file);
        assertThat(plain(TYPES_KEY, single, JsonWriter.TAB)).isEqualTo(resource("types.decrypted.json"));
        String grouped = file.replaceFirst("(?s)(\"age\": \\[.*?\\}\\s*\\])", "\"key_groups\": [{$1, \"pgp\": null}]");
        assertThat(grouped).isNotEqualTo(file);
        assertThat(plain(TYPES_KEY, grouped, JsonWriter.TAB)).isEqualTo(resource("types.decrypted.json"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "`\"sops\": {` | `\"sops\": null, \"sops\": {` | `its sops member is not an object`",
            "`\"sops\": {` | `\"sops\": {}, \"sops\": {` | `there are two sops blocks`",
            "`\"sops\": {` | `\"Sops\": {` | `it has no sops block`",
            "`\"sops\": {` | `\"sops\": {}, \"other\": {` | `it has no sops block`",
            "`\"age\": [` | `\"age\": [], \"old\": [` | `names no keys`",
            "`\"age\": [` | `\"age\": \"x\", \"old\": [` | `sops.age is not a list of objects`",
            "`\"age\": [` | `\"age\": [null,` | `sops.age[0] is not an object`",
            "`\"lastmodified\"` | `\"modified\"` | `sops.lastmodified is not an RFC 3339 time`",
            "`\"2026-11-22T05:08:52Z\"` | `\"2026-11-22\"` | `sops.lastmodified is not an RFC 3339 time`",
            "`\"2026-11-22T05:08:52Z\"` | `[]` | `sops.lastmodified is not a string`",
            "`:52Z\"` | `:53Z\"` | `message authentication code, or the time it is bound to, was changed`",
            "`:52Z\"` | `:52+01:00\"` | `message authentication code, or the time it is bound to, was changed`",
            "`\"mac\"` | `\"hmac\"` | `it has no message authentication code`",
            "`\"3.13.2\"` | `\"3.13\"` | `sops.version is not a version such as 3.13.2`",
            "`\"3.13.2\"` | `\"\"` | `sops.version is not a version such as 3.13.2`",
            "`\"3.13.2\"` | `3.13` | `sops.version is not a version such as 3.13.2`",
            "`\"3.13.2\"` | `\"3.013.2\"` | `sops.version is not a version such as 3.13.2`",
            "`\"version\": \"3.13.2\"` | `\"x\": \"3.13.2\"` | `sops.version is not a version such as 3.13.2`",
            "`\"version\"` | `\"encrypted_suffix\": \"x\", \"version\"` | `has both unencrypted_suffix and encrypted_suffix`",
            "`\"unencrypted_suffix\": \"_unencrypted\"` | `\"encrypted_regex\": \"(\"` | `is not a valid RE2 expression`",
            "`\"version\"` | `\"shamir_threshold\": -1, \"version\"` | `sops.shamir_threshold is not a small number`",
            "`\"version\"` | `\"shamir_threshold\": 99999999999, \"version\"` | `sops.shamir_threshold is not a small number`",
            "`\"version\"` | `\"mac_only_encrypted\": \"maybe\", \"version\"` | `sops.mac_only_encrypted is not a boolean`",
            "`\"version\"` | `\"mac_only_encrypted\": true, \"version\"` | `does not match its message authentication code`",
            "`\"version\"` | `\"pgp\": [{\"fp\": \"A\", \"enc\": \"x\"}], \"version\"` | `sops.pgp[0].created_at is not an RFC 3339 time`",
            "`\"version\"` | `\"hckms\": [{\"key_id\": \"a\", \"created_at\": \"2026-11-22T05:08:52Z\"}], \"version\"` | `sops.hckms[0].key_id is not of the form region:id`",
            "`\"text\": \"clear\"` | `\"text\": \"Clear\"` | `does not match its message authentication code`",
            "`\"flag\": true` | `\"flag\": false` | `does not match its message authentication code`",
            "`\"number\": 1.5` | `\"number\": 1.6` | `does not match its message authentication code`",
            "`\"yes\": ` | `\"yes\": true, \"also\": ` | `the value of 'yes' should be encrypted but is a boolean in clear`",
            "`\"empty\": \"\"` | `\"empty\": \"SECRET\"` | `the value of 'empty' should be encrypted but is not in the form`",
            "`\"yes\": ` | `\"Yes\": ` | `the value of 'Yes' fails authentication`",
            "`\"z\": ` | `\"y\": ` | `the value of 'object:nested:y' fails authentication`",
            "`type:bool` | `type:int` | `the value of 'yes' is not of its type int`",
            "`type:bool` | `type:comment` | `the value of 'yes' is not of its type comment`",
            "`type:bool` | `type:str` | ``",
    })
    void areDamagedIfChanged(String found, String replacement, String reason) throws IOException {
        String file = resource("types.sops.json");
        assertThat(file).contains(found);
        String changed = file.replace(found, replacement);
        if (reason.isEmpty()) {
            // Known and harmless to the MAC: the type of a value is not authenticated
            assertThat(plain(TYPES_KEY, changed, JsonWriter.TAB)).contains("\"yes\": \"True\"");
            return;
        }
        assertThatThrownBy(() -> decrypt(TYPES_KEY, changed)).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining(reason).hasMessageStartingWith("file").hasMessageNotContaining("SECRET");
    }

    @Test
    void areDamagedIfValuesAreMovedOrRemoved() throws IOException {
        List<String> lines = resource("types.sops.json").lines().toList();
        int first = lines.indexOf(lines.stream().filter(line -> line.contains("\"twice\"")).findFirst().orElseThrow());
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, first, first + 1);
        List<String> removed = new ArrayList<>(lines);
        removed.remove(first);
        for (List<String> changed : List.of(swapped, removed)) {
            assertThatThrownBy(() -> decrypt(TYPES_KEY, String.join("\n", changed)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("values were changed, moved or removed");
        }
    }

    @Test
    void withAnotherDataKeyAreDamaged() throws IOException {
        String file = resource("types.sops.json");
        assertThatThrownBy(() -> decrypt(REGEX_KEY, file)).isInstanceOf(DamagedDocumentException.class)
                .hasMessage("file is damaged: the value of 'access_token' fails authentication:"
                        + " it, its place or the wrapped key was changed");
        assertThatThrownBy(() -> decrypt("00", file)).isInstanceOf(DamagedDocumentException.class)
                .hasMessageContaining("its data key has 1 bytes instead of 32");
    }
}
