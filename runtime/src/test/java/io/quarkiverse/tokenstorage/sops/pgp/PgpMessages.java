package io.quarkiverse.tokenstorage.sops.pgp;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;

/** OpenPGP messages put together from packets; only their outer form is right. */
final class PgpMessages {

    /** For the key ID {@code E12DB213D490E3A3}. */
    static final byte[] PUBLIC_KEY_PACKET = packet(1, "03e12db213d490e3a301" + "0008ff");
    static final byte[] SYMMETRIC_KEY_PACKET = packet(3, "0409030200112233445566770c");
    static final byte[] DATA_PACKET = packet(18, "01" + "ab".repeat(80));
    static final byte[] LITERAL_PACKET = packet(11, "620000000000" + "ab".repeat(32));
    static final byte[] MARKER_PACKET = packet(10, "504750");

    static final String ENCRYPTED = armor(PUBLIC_KEY_PACKET, DATA_PACKET);

    private PgpMessages() {
    }

    /** In the new format. */
    static byte[] packet(int tag, String hexBody) {
        byte[] body = HexFormat.of().parseHex(hexBody);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0xc0 | tag);
        packet.write(body.length);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    static String armor(byte[]... packets) {
        return "-----BEGIN PGP MESSAGE-----\n\n" + base64(packets) + "\n-----END PGP MESSAGE-----";
    }

    static String base64(byte[]... packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(all.toByteArray());
    }
}
