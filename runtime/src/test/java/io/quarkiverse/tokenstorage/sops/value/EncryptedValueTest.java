package io.quarkiverse.tokenstorage.sops.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedValueTest {

    private static final String TEXT = "ENC[AES256_GCM,data:gg==,iv:ZpGqg9Zj/IR7OIL3/qAR/h22ArsLnxQw9w3nExSDzfU=,"
            + "tag:GEAZaaK/xsr1PpqiVL7v6w==,type:int]";

    @Test
    void readsAndWritesTheFormOfSops() {
        EncryptedValue value = EncryptedValue.parse(TEXT).orElseThrow();
        assertThat(value.type()).isEqualTo(ValueType.INT);
        assertThat(value.iv()).hasSize(32).startsWith(0x66, 0x91, 0xaa);
        assertThat(HexFormat.of().formatHex(value.sealed())).isEqualTo("82" + "18401969a2bfc6caf53e9aa254beefeb");
        assertThat(value.format()).isEqualTo(TEXT);
    }

    @Test
    void readsEveryLengthOfInitializationVector() {
        String text = TEXT.replaceFirst("iv:[^,]*", "iv:AAAAAAAAAAAAAAAA");
        assertThat(EncryptedValue.parse(text).orElseThrow().iv()).hasSize(12);
    }

    @Test
    void refusesWhatWasCutOff() {
        for (int length = 0; length < TEXT.length(); length++) {
            assertThat(EncryptedValue.parse(TEXT.substring(0, length))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            TEXT + "x", TEXT + "\n", " " + TEXT, "ENC[AES256_GCM]", "ENC[AES256_GCM,data:,iv:,tag:,type:]",
            "ENC[AES256_GCM,data:,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AAAA,iv:,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]",
            "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:]",
            "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:string]",
            "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:STR]",
            "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA,type:str]",
            "ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAB==,type:str]",
            "ENC[AES256_GCM,data:AAB=,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AA=A,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:====,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AA==AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AA\nAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AAA_,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,data:AAA\u0141,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES256_GCM,iv:AAAA,data:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]",
            "ENC[AES128_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]" })
    void refusesEveryOtherForm(String text) {
        assertThat(EncryptedValue.parse(text)).isEmpty();
    }

    @Test
    void knowsWhichEndsOfBase64AreCanonical() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            char c = alphabet.charAt(i);
            assertThat(EncryptedValue.parse(TEXT.replace("data:gg==", "data:A" + c + "==")).isPresent()).isEqualTo(i % 16 == 0);
            assertThat(EncryptedValue.parse(TEXT.replace("data:gg==", "data:AA" + c + "=")).isPresent()).isEqualTo(i % 4 == 0);
            assertThat(EncryptedValue.parse(TEXT.replace("data:gg==", "data:AAA" + c))).isPresent();
        }
    }
}
