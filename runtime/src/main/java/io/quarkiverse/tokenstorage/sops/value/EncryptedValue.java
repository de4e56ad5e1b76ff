package io.quarkiverse.tokenstorage.sops.value;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.text.StrictBase64;

/**
 * The text of an encrypted value: {@code ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]} ({@code aes/cipher.go}). Reading is
 * stricter than in sops: the base64 must be canonical, the tag whole, and nothing may follow the bracket.
 *
 * @param iv the initialization vector
 * @param sealed ciphertext and tag, as AES-GCM emits them
 * @param type what the plaintext is
 */
public record EncryptedValue(byte[] iv, byte[] sealed, ValueType type) {

    static final int TAG_LENGTH = 16;

    private static final String START = "ENC[AES256_GCM,data:";
    private static final String IV = ",iv:";
    private static final String TAG = ",tag:";
    private static final String TYPE = ",type:";
    private static final String END = "]";
    private static final int FORM_LENGTH = (START + IV + TAG + TYPE + END).length();

    /** Empty if the text has not this form. */
    public static Optional<EncryptedValue> parse(String text) {
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
        Optional<ValueType> type = ValueType.ofTag(text, tagEnd + TYPE.length(), text.length() - END.length());
        int dataLength = StrictBase64.decodedLength(text, data, dataEnd);
        int ivLength = StrictBase64.decodedLength(text, iv, ivEnd);
        if (type.isEmpty() || dataLength <= 0 || ivLength <= 0
                || StrictBase64.decodedLength(text, tag, tagEnd) != TAG_LENGTH) {
            return Optional.empty();
        }
        byte[] ivBytes = new byte[ivLength];
        byte[] sealed = new byte[dataLength + TAG_LENGTH];
        boolean canonical = StrictBase64.decode(text, data, dataEnd, sealed, 0)
                && StrictBase64.decode(text, tag, tagEnd, sealed, dataLength)
                && StrictBase64.decode(text, iv, ivEnd, ivBytes, 0);
        return canonical ? Optional.of(new EncryptedValue(ivBytes, sealed, type.get())) : Optional.empty();
    }

    /** Where the part that starts at {@code start} ends, if {@code next} comes after it; else -1. */
    private static int partEnd(String text, int start, String next) {
        int end = text.indexOf(',', start);
        return end >= 0 && text.startsWith(next, end) ? end : -1;
    }

    /** The text of a value. */
    public String format() {
        int dataLength = sealed.length - TAG_LENGTH;
        byte[] text = new byte[FORM_LENGTH + StrictBase64.encodedLength(dataLength) + StrictBase64.encodedLength(iv.length)
                + StrictBase64.encodedLength(TAG_LENGTH) + type.tag().length()];
        int end = put(START, text, 0);
        end = StrictBase64.encode(sealed, 0, dataLength, text, end);
        end = put(IV, text, end);
        end = StrictBase64.encode(iv, 0, iv.length, text, end);
        end = put(TAG, text, end);
        end = StrictBase64.encode(sealed, dataLength, sealed.length, text, end);
        end = put(TYPE, text, end);
        end = put(type.tag(), text, end);
        put(END, text, end);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static int put(String ascii, byte[] text, int at) {
        for (int i = 0; i < ascii.length(); i++) {
            text[at + i] = (byte) ascii.charAt(i);
        }
        return at + ascii.length();
    }
}
