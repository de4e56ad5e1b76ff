package io.quarkiverse.tokenstorage.sops.age;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Public keys of SSH with content of any kind. */
final class SshPublicKeyText {

    private SshPublicKeyText() {
    }

    static String ed25519(byte[] point) {
        return "ssh-ed25519 " + encoded("ssh-ed25519", Arrays.copyOf(point, 32));
    }

    static String rsa(int bits) {
        BigInteger modulus = new BigInteger(bits, new Random(1)).setBit(bits - 1).setBit(0);
        return "ssh-rsa " + encoded("ssh-rsa", BigInteger.valueOf(65537).toByteArray(), modulus.toByteArray());
    }

    private static String encoded(String type, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, type.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            append(out, part);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static void append(ByteArrayOutputStream out, byte[] part) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
        out.writeBytes(part);
    }
}
