package io.quarkiverse.tokenstorage.interop.conformance.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/**
 * A SOPS document put together without the help of any SOPS, from the data key and the key entry of a real one: to make what
 * writers made that cannot be run any more. Starts out as sops 3.13 would write {@link #PRINTED}.
 */
public final class HandMadeDocument {

    /** What every variation of it holds. */
    public static final byte[] PRINTED = """
            {
            \t"access_token": "value",
            \t"note_unencrypted": "clear",
            \t"count": 42,
            \t"ok": true
            }
            """.getBytes(StandardCharsets.UTF_8);

    /** When it was modified last. */
    public static final String TIME = "2026-05-22T20:16:18Z";

    private static final Pattern ENC = Pattern.compile("\"enc\": \"([^\"]*)\"");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec dataKey;
    private final String entry;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private int ivLength = 32;
    private boolean metadataFirst;
    private String end = "\n";

    /**
     * @param hashed what the message authentication code covers
     * @param type empty for a text in clear
     */
    private record Value(String text, String type, String hashed) {
    }

    /** Takes data key and entry of a document for the age identity of a sandbox. */
    public static HandMadeDocument from(byte[] real, Sandbox box) {
        Matcher enc = ENC.matcher(new String(real, StandardCharsets.UTF_8));
        assertThat(enc.find()).isTrue();
        byte[] dataKey = ProgramRun.of(
                List.of(RealProgram.AGE.required().toString(), "--decrypt", "--identity", box.keyFile().toString()), Map.of(),
                box.work(), enc.group(1).replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII)).output();
        return new HandMadeDocument(dataKey,
                "{" + enc.group() + ", \"recipient\": \"" + box.identity().recipient() + "\"}");
    }

    private HandMadeDocument(byte[] dataKey, String entry) {
        this.dataKey = new SecretKeySpec(dataKey, "AES");
        this.entry = entry;
        value("access_token", "value", "str", "value");
        value("note_unencrypted", "clear", "", "clear");
        value("count", "42", "int", "42");
        value("ok", "True", "bool", "True");
        with("age", "[" + entry + "]");
        with("lastmodified", '"' + TIME + '"');
        with("mac", "MAC");
        with("unencrypted_suffix", "\"_unencrypted\"");
        with("version", "\"3.13.2\"");
    }

    /** The entry of the key. */
    public String entry() {
        return entry;
    }

    public HandMadeDocument value(String name, String text, String type, String hashed) {
        values.put(name, new Value(text, type, hashed));
        return this;
    }

    public HandMadeDocument ivLength(int bytes) {
        ivLength = bytes;
        return this;
    }

    public HandMadeDocument metadataFirst() {
        metadataFirst = true;
        return this;
    }

    public HandMadeDocument withoutFinalNewline() {
        end = "";
        return this;
    }

    /** Adds or replaces a member of the metadata; {@code MAC} stands for the right message authentication code. */
    public HandMadeDocument with(String name, String json) {
        metadata.put(name, json);
        return this;
    }

    public HandMadeDocument without(String name) {
        metadata.remove(name);
        return this;
    }

    /** Moves members of the metadata behind the others, in this order. */
    public HandMadeDocument last(String... names) {
        Arrays.stream(names).filter(metadata::containsKey).forEach(name -> with(name, metadata.remove(name)));
        return this;
    }

    public byte[] json() {
        String body = values.entrySet().stream().map(value -> '"' + value.getKey() + "\": \""
                + (value.getValue().type().isEmpty() ? value.getValue().text()
                        : encrypt(value.getValue().text(), value.getValue().type(), value.getKey() + ":"))
                + '"').collect(Collectors.joining(",\n\t"));
        String block = "\"sops\": {\n\t\t" + metadata.entrySet().stream()
                .map(member -> '"' + member.getKey() + "\": " + (member.getValue().equals("MAC") ? mac() : member.getValue()))
                .collect(Collectors.joining(",\n\t\t")) + "\n\t}";
        return ("{\n\t" + (metadataFirst ? block + ",\n\t" + body : body + ",\n\t" + block) + "\n}" + end)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String mac() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(values.values().stream().map(Value::hashed)
                    .collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
            return '"' + encrypt(HexFormat.of().withUpperCase().formatHex(hash), "str", TIME) + '"';
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String encrypt(String plaintext, String type, String associated) {
        byte[] iv = new byte[ivLength];
        RANDOM.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, dataKey, new GCMParameterSpec(128, iv));
            cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(plaintext.getBytes(StandardCharsets.UTF_8));
            int length = sealed.length - 16;
            return "ENC[AES256_GCM,data:" + base64(Arrays.copyOf(sealed, length)) + ",iv:" + base64(iv) + ",tag:"
                    + base64(Arrays.copyOfRange(sealed, length, sealed.length)) + ",type:" + type + "]";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
