package io.quarkiverse.tokenstorage.interop.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ShellScript;

/** Every sops command that changes a file takes ours, and what it leaves we read. */
class ChangedBySopsTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\",\"list\":[1,{\"a\":1.5}],\"x_unencrypted\":1}"
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    Path file;

    @BeforeEach
    void encryptedByUs() {
        box = Sandbox.in(directory);
        box.ruleFor(box.identity().recipient());
        try (OurSops ours = OurSops.in(box)) {
            file = Sandbox.write(box.work().resolve("file.json"), ours.encrypt(DOCUMENT, "file.json"));
        }
    }

    @Test
    void isReadAfterRotate() {
        byte[] before = read();
        box.sops("rotate", "--in-place", "file.json").output();
        assertThat(read()).isNotEqualTo(before);
        assertSamePlain();
    }

    @Test
    void isReadAfterSet() {
        box.sops("set", "file.json", "[\"list\"][1][\"b\"]", "{\"c\":[1,\"<two>\",9007199254740993]}").output();
        box.sops("set", "file.json", "[\"access_token\"]", "\"other\"").output();
        box.sops("set", "file.json", "[\"number\"]", "9007199254740993").output();
        assertThat(assertSamePlain()).contains("\"access_token\": \"other\"").contains("\"\\u003ctwo\\u003e\"");
    }

    @Test
    void isReadAfterUnset() {
        box.sops("unset", "file.json", "[\"list\"][0]").output();
        assertThat(assertSamePlain()).doesNotContain("1,");
    }

    @Test
    void isReadAfterUpdatekeys() {
        AgeIdentity other = AgeIdentity.generate();
        box.ruleFor(other.recipient());
        box.sops("updatekeys", "--yes", "file.json").output();
        try (OurSops ours = OurSops.in(box)) {
            assertThatThrownBy(() -> ours.decrypt(read())).isInstanceOf(DataKeyUnavailableException.class);
        }
        box.set("SOPS_AGE_KEY", other.secretKey());
        assertSamePlain();
    }

    @Test
    void rotateToAnotherRecipient() {
        AgeIdentity other = AgeIdentity.generate();
        box.sops("rotate", "--in-place", "--add-age", other.recipient(), "--rm-age", box.identity().recipient(), "file.json")
                .output();
        box.set("SOPS_AGE_KEY", other.secretKey());
        assertSamePlain();
    }

    @Test
    void isReadAfterEdit() {
        Path editor = ShellScript.write(box.home().resolve("editor"), "sed -i 's/value/edited value/' \"$1\"\n");
        box.set("SOPS_EDITOR", editor.toString());
        box.sops("edit", "file.json").output();
        assertThat(assertSamePlain()).contains("\"access_token\": \"edited value\"");
    }

    @Test
    void filestatusAndExtract() {
        assertThat(box.sops("filestatus", "file.json").text().strip()).isEqualTo("{\"encrypted\":true}");
        assertThat(box.sops("decrypt", "--extract", "[\"access_token\"]", "file.json").text()).isEqualTo("value");
    }

    private String assertSamePlain() {
        try (OurSops ours = OurSops.in(box)) {
            byte[] printed = box.sops("decrypt", "file.json").output();
            assertThat(ours.decrypt(read())).isEqualTo(printed);
            return new String(printed, StandardCharsets.UTF_8);
        }
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
