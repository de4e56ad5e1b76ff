package io.quarkiverse.tokenstorage.sops.pgp;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The outer form of an armored OpenPGP message (RFC 4880 §§ 4.2, 5.1). {@code gpg -d} accepts more than sops writes: it
 * would ask a person for the passphrase of a symmetric message, and print one that is not encrypted at all. Such entries, and
 * those cut off or followed by something, are refused here before any program is started. What gpg gets are the bytes that
 * were looked at, not the text: it reads armor by rules of its own.
 *
 * @param keyIds the long IDs of the keys that it is for, zeros where the sender hides them; never empty
 * @param bytes the message without its armor; not to be changed
 */
record EncryptedMessage(List<String> keyIds, byte[] bytes) {

    /** sops writes one, and each may cost a question to a person. */
    private static final int MOST_KEYS = 16;
    private static final int PUBLIC_KEY_ENCRYPTED = 1;
    private static final int SYMMETRIC_KEY_ENCRYPTED = 3;
    private static final int MARKER = 10;

    /** @throws IllegalArgumentException if it has another form; the message completes "it …" and quotes nothing */
    static EncryptedMessage parse(String armored) {
        byte[] bytes = Armor.decode(armored);
        Packets packets = new Packets(bytes);
        List<String> keyIds = new ArrayList<>();
        while (packets.next()) {
            switch (packets.tag()) {
                case PUBLIC_KEY_ENCRYPTED -> {
                    keyIds.add(packets.keyId());
                    if (keyIds.size() > MOST_KEYS) {
                        throw new IllegalArgumentException("it is for more than " + MOST_KEYS + " keys");
                    }
                }
                case SYMMETRIC_KEY_ENCRYPTED -> throw new IllegalArgumentException("it is encrypted with a passphrase, and sops"
                        + " encrypts with public keys");
                case MARKER -> {
                    // Means nothing
                }
                // Encrypted data: the old form, with integrity protection, and the AEAD of newer drafts
                case 9, 18, 20 -> {
                    if (keyIds.isEmpty()) {
                        throw new IllegalArgumentException("it names no key that it is encrypted with");
                    }
                    packets.requireLast();
                    return new EncryptedMessage(List.copyOf(keyIds), bytes);
                }
                default -> throw new IllegalArgumentException("it is not an encrypted OpenPGP message");
            }
        }
        throw new IllegalArgumentException("it is cut off");
    }

    /** The sequence of packets, as far as their headers say what is there. */
    private static final class Packets {

        private final byte[] bytes;
        private int tag;
        private int body;
        private int end;
        private boolean inPieces;

        Packets(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean next() {
            int position = end;
            if (position == bytes.length) {
                return false;
            }
            int first = at(position);
            boolean newFormat = (first & 0x40) != 0;
            if ((first & 0x80) == 0) {
                throw new IllegalArgumentException("it is not an OpenPGP message");
            }
            tag = newFormat ? first & 0x3f : first >> 2 & 0x0f;
            inPieces = newFormat && isPiece(at(position + 1));
            long length = newFormat ? newLength(position + 1) : oldLength(position + 1, first & 3);
            requireLength(length);
            end = length < 0 ? bytes.length : body + (int) length;
            return true;
        }

        /** gpg would go on with a second message, and ask a person for its passphrase. */
        void requireLast() {
            if (inPieces) {
                end = endOfPieces(body - 1);
            }
            if (end != bytes.length) {
                throw new IllegalArgumentException("something follows its encrypted data");
            }
        }

        /** @param position of the length of the first piece; the last one has a length of another form */
        private int endOfPieces(int position) {
            int next = position;
            while (isPiece(at(next))) {
                next = (int) Math.min(bytes.length, next + 1 + (1L << (at(next) & 0x1f)));
            }
            long length = newLength(next);
            requireLength(length);
            return body + (int) length;
        }

        private void requireLength(long length) {
            if (length > bytes.length - body) {
                throw new IllegalArgumentException("it is cut off");
            }
        }

        private static boolean isPiece(int first) {
            return first >= 224 && first < 255;
        }

        int tag() {
            return tag;
        }

        String keyId() {
            if (end - body < 10) {
                throw new IllegalArgumentException("it is not an OpenPGP message");
            }
            return HexFormat.of().withUpperCase().formatHex(bytes, body + 1, body + 9);
        }

        /** @return less than 0 if the packet comes in pieces */
        private long newLength(int position) {
            int first = at(position);
            if (first < 192) {
                body = position + 1;
                return first;
            }
            if (first < 224) {
                body = position + 2;
                return (first - 192 << 8) + at(position + 1) + 192;
            }
            if (first == 255) {
                return number(position + 1, 4);
            }
            body = position + 1;
            return -1;
        }

        private long oldLength(int position, int type) {
            if (type == 3) {
                body = position;
                return -1;
            }
            return number(position, 1 << type);
        }

        private long number(int position, int width) {
            long number = 0;
            for (int i = 0; i < width; i++) {
                number = number << 8 | at(position + i);
            }
            body = position + width;
            return number;
        }

        private int at(int position) {
            if (position >= bytes.length) {
                throw new IllegalArgumentException("it is cut off");
            }
            return bytes[position] & 0xff;
        }
    }
}
