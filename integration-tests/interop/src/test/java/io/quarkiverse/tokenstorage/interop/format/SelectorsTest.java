package io.quarkiverse.tokenstorage.interop.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/** Which values are encrypted, under each of the six selectors, alone and with {@code mac_only_encrypted}. */
class SelectorsTest {

    private static final byte[] DOCUMENT = """
            {"data":{"a":"x","b_unencrypted":{"c":1,"d_encrypted":[true,"y"]}},"plain":"p","Data":"upper","data2":1.5,
             "secret_encrypted":{"x":[{"plain":"q"},[1,2]]},"_unencrypted":"whole name","_encrypted":[null,"",{}],"xdata":false,
             "list":[{"data":1},{"other":2},["data"]],"line\\nbreak":"z","data\\n":"w","ünï":"u","":"empty name"}
            """.getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = { "mac_only_encrypted: false", "unencrypted_suffix: _unencrypted", "unencrypted_suffix: a",
            "unencrypted_suffix: no such suffix", "encrypted_suffix: _encrypted", "encrypted_suffix: data",
            "encrypted_suffix: Ï",
            "unencrypted_regex: ^data$", "unencrypted_regex: '^(data|list)'", "unencrypted_regex: '(?i)DATA'",
            "unencrypted_regex: ''", "encrypted_regex: ^data$", "encrypted_regex: data", "encrypted_regex: '(?i)^data'",
            "encrypted_regex: '.'", "encrypted_regex: '^$'", "encrypted_regex: 'line.break'",
            "encrypted_regex: '(?s)line.break'",
            "encrypted_regex: '(?P<name>plain|list)'", "encrypted_regex: 'data$'", "encrypted_regex: '(?m)^break$'",
            "encrypted_regex: '\\pL\\z'", "encrypted_regex: '[[:upper:]]'", "encrypted_regex: '\\bplain\\b'",
            "encrypted_regex: '(?U)d.*a'", "encrypted_regex: '^\\Qdata\\E$'", "encrypted_regex: no such name",
            "unencrypted_comment_regex: anything", "encrypted_comment_regex: anything" })
    void bothSelectTheSameValues(String selector) {
        box.ruleFor(box.identity().recipient(), selector);
        Exchange.bothWays(box, DOCUMENT, "file.json");
        if (!selector.startsWith("mac_only_encrypted")) {
            box.ruleFor(box.identity().recipient(), selector, "mac_only_encrypted: true");
            Exchange.bothWays(box, DOCUMENT, "file.json");
        }
    }

    @Test
    void macOnlyEncryptedWithoutSelector() {
        box.ruleFor(box.identity().recipient(), "mac_only_encrypted: true");
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @ParameterizedTest
    @ValueSource(strings = { "encrypted_regex: '('", "encrypted_regex: '(?=data)'", "encrypted_regex: '(a)\\1'",
            "unencrypted_regex: '['" })
    void anInvalidPatternIsRefusedWhereSopsWritesClearText(String selector) {
        box.ruleFor(box.identity().recipient(), selector);
        if (selector.startsWith("encrypted")) {
            assertThat(new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.UTF_8)).contains("\"plain\": \"p\"");
        }
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.encrypt(DOCUMENT, "file.json")).isInstanceOf(StorageNotConfiguredException.class)
                    .hasMessageContaining(".sops.yaml").hasMessageContaining(selector.substring(0, selector.indexOf(':')));
        }
    }

    @Test
    void twoSelectorsAreRefusedByBoth() {
        box.ruleFor(box.identity().recipient(), "encrypted_regex: a", "unencrypted_suffix: b");
        assertThat(box.sops(box.work(), DOCUMENT, "encrypt", "--filename-override", "file.json").exit()).isEqualTo(1);
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.encrypt(DOCUMENT, "file.json")).isInstanceOf(StorageNotConfiguredException.class);
        }
    }
}
