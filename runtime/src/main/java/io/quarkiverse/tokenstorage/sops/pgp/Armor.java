package io.quarkiverse.tokenstorage.sops.pgp;

import java.util.Base64;
import java.util.Iterator;

/** The text form of an OpenPGP message (RFC 4880 § 6.2). */
final class Armor {

    private static final String BEGIN = "-----BEGIN PGP MESSAGE-----";
    private static final String END = "-----END PGP MESSAGE-----";
    /** RFC 4880 § 6.1. */
    private static final int CRC24_START = 0xb704ce;
    private static final int CRC24_POLYNOMIAL = 0x1864cfb;

    private Armor() {
    }

    /** @throws IllegalArgumentException if it has another form; the message completes "it …" and quotes nothing */
    static byte[] decode(String armored) {
        Iterator<String> lines = armored.lines().map(String::strip).iterator();
        boolean begun = false;
        while (!begun && lines.hasNext()) {
            begun = lines.next().equals(BEGIN);
        }
        if (!begun) {
            throw new IllegalArgumentException("it does not begin with " + BEGIN);
        }
        boolean headers = true;
        while (headers && lines.hasNext()) {
            // Old writers put a version and a comment there
            headers = !lines.next().isEmpty();
        }
        StringBuilder base64 = new StringBuilder(armored.length());
        String checksum = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(END)) {
                requireBlank(lines);
                return checked(base64(base64.toString()), checksum);
            }
            if (line.startsWith("=")) {
                // Some writers leave it out
                checksum = line.substring(1);
            } else {
                base64.append(line);
            }
        }
        throw new IllegalArgumentException("it is cut off");
    }

    /** Another reader could take a second block for the message. */
    private static void requireBlank(Iterator<String> lines) {
        while (lines.hasNext()) {
            if (!lines.next().isEmpty()) {
                throw new IllegalArgumentException("something follows its " + END);
            }
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Not its message: it quotes
            throw new IllegalArgumentException("its armor is not base64");
        }
    }

    private static byte[] checked(byte[] message, String checksum) {
        if (!checksum.isEmpty()) {
            byte[] sum = base64(checksum);
            int crc = crc24(message);
            if (sum.length != 3 || (sum[0] & 0xff) != crc >> 16 || (sum[1] & 0xff) != (crc >> 8 & 0xff)
                    || (sum[2] & 0xff) != (crc & 0xff)) {
                throw new IllegalArgumentException("its checksum is wrong");
            }
        }
        return message;
    }

    private static int crc24(byte[] bytes) {
        int crc = CRC24_START;
        for (byte octet : bytes) {
            crc ^= (octet & 0xff) << 16;
            for (int i = 0; i < 8; i++) {
                crc <<= 1;
                if ((crc & 0x1000000) != 0) {
                    crc ^= CRC24_POLYNOMIAL;
                }
            }
        }
        return crc;
    }
}
