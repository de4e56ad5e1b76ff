package io.quarkiverse.tokenstorage.sops;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The text of an encrypted value: {@code ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]} ({@code aes/cipher.go}). Reading is
 * stricter than in sops: the base64 must be canonical, the tag whole, and nothing may follow the bracket.
 *
 * @param iv the initialization vector
 * @param sealed ciphertext and tag, as AES-GCM emits them
 * @param type what the plaintext is
 */
record EncryptedValue(byte[] iv, byte[] sealed, ValueType type) {

    static final int TAG_LENGTH = 16;

    private static final String START = "ENC[AES256_GCM,data:";
    private static final String IV = ",iv:";
    private static final String TAG = ",tag:";
    private static final String TYPE = ",type:";
    private static final String END = "]";

    /** Empty if the text has not this form. */
    static Optional<EncryptedValue> parse(String text) {
        if (!text.startsWith(START) || !text.endsWith(END)) {
            return Optional.empty();
        }
        int data = START.length();
        int dataEnd = partEnd(text, data, IV);
        int iv = dataEnd + IV.length();
        int ivEnd = partEnd(text, iv, TAG);
        int tag = ivEnd + TAG.length();
        int tagEnd = partEnd(text, tag, TYPE);
        if (dataEnd < 0 || ivEnd < 0 || tagEnd < 0) {
            return Optional.empty();
        }
        Optional<ValueType> type = ValueType.ofTag(text.substring(tagEnd + TYPE.length(), text.length() - END.length()));
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] dataBytes = decode(bytes, data, dataEnd);
        byte[] ivBytes = decode(bytes, iv, ivEnd);
        byte[] tagBytes = decode(bytes, tag, tagEnd);
        if (type.isEmpty() || dataBytes.length == 0 || ivBytes.length == 0 || tagBytes.length != TAG_LENGTH) {
            return Optional.empty();
        }
        byte[] sealed = Arrays.copyOf(dataBytes, dataBytes.length + TAG_LENGTH);
        System.arraycopy(tagBytes, 0, sealed, dataBytes.length, TAG_LENGTH);
        return Optional.of(new EncryptedValue(ivBytes, sealed, type.get()));
    }

    /** Where the part that starts at {@code start} ends, if {@code next} comes after it; else -1. */
    private static int partEnd(String text, int start, String next) {
        int end = text.indexOf(',', start);
        return end >= 0 && text.startsWith(next, end) ? end : -1;
    }

    /** The bytes, or none if this is not canonical base64. */
    private static byte[] decode(byte[] text, int from, int to) {
        if ((to - from) % 4 != 0 || to > from && !isCanonicalEnd(text, to)) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(ByteBuffer.wrap(text, from, to - from)).array();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Whether the bits that the last character before the padding has to spare are zero. */
    private static boolean isCanonicalEnd(byte[] text, int end) {
        if (text[end - 1] != '=') {
            return true;
        }
        return text[end - 2] == '=' ? "AQgw".indexOf(text[end - 3]) >= 0 : "AEIMQUYcgkosw048".indexOf(text[end - 2]) >= 0;
    }

    /** The text of a value. */
    String format() {
        int dataLength = sealed.length - TAG_LENGTH;
        Base64.Encoder base64 = Base64.getEncoder();
        return START + base64.encodeToString(Arrays.copyOf(sealed, dataLength)) + IV + base64.encodeToString(iv) + TAG
                + base64.encodeToString(Arrays.copyOfRange(sealed, dataLength, sealed.length)) + TYPE + type.tag() + END;
    }
}
