package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.List;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;

/** The stanza of a file under a passphrase (C2SP age.md, "The scrypt recipient type"); it is the only one of its file. */
final class ScryptStanza {

    private static final String TYPE = "scrypt";
    private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_LENGTH = 16;
    /** The limit of age itself, which writes 18: 15 seconds on its author's machine, and 4 GiB. */
    private static final int LARGEST_WORK_FACTOR = 22;
    /** 128 bytes times the block size of 8, for each of the 2^N blocks. */
    private static final int BYTES_PER_BLOCK = 1024;
    /** What else must fit into memory at the same time. */
    private static final long HEADROOM = 16L << 20;

    private final byte[] salt;
    private final int workFactor;
    private final byte[] body;

    private ScryptStanza(byte[] salt, int workFactor, byte[] body) {
        this.salt = salt;
        this.workFactor = workFactor;
        this.body = body;
    }

    static ScryptStanza of(List<RecipientStanza> stanzas) throws InvalidKeyException {
        if (stanzas.size() != 1 || !stanzas.get(0).getType().equals(TYPE)) {
            throw new IllegalArgumentException("it is an age file, but not one under a passphrase, as 'age -p' makes it");
        }
        RecipientStanza stanza = stanzas.get(0);
        WrappedFileKey.requireArguments(stanza, 2);
        String workFactor = stanza.getArguments().get(1);
        if (!workFactor.matches("[1-9][0-9]{0,8}")) {
            throw new InvalidKeyException("The work factor is malformed");
        }
        byte[] body = stanza.getBody();
        WrappedFileKey.requireLength(body);
        return new ScryptStanza(WrappedFileKey.argument(stanza, 0, SALT_LENGTH), Integer.parseInt(workFactor), body);
    }

    /** @throws IllegalArgumentException if it would take too much time or memory */
    void requireUsable() {
        if (workFactor > LARGEST_WORK_FACTOR) {
            throw new IllegalArgumentException("its scrypt work factor " + workFactor + " is larger than "
                    + LARGEST_WORK_FACTOR + ", which age refuses too: make it anew with 'age -p'");
        }
        long needed = ((long) BYTES_PER_BLOCK << workFactor) + HEADROOM;
        Runtime java = Runtime.getRuntime();
        long available = java.maxMemory() - java.totalMemory() + java.freeMemory();
        if (needed > available) {
            throw new IllegalArgumentException("its scrypt work factor " + workFactor + " takes " + (needed >> 20)
                    + " MiB of memory, and Java has " + (available >> 20) + " MiB left: start it with a larger -Xmx");
        }
    }

    FileKey open(byte[] passphrase, AdditionalAlgorithms algorithms) throws GeneralSecurityException {
        byte[] labelled = Arrays.copyOf(LABEL, LABEL.length + SALT_LENGTH);
        System.arraycopy(salt, 0, labelled, LABEL.length, SALT_LENGTH);
        byte[] wrapKey = algorithms.scrypt(passphrase, labelled, workFactor);
        try {
            return WrappedFileKey.open(body, new SymmetricKey(wrapKey, ChunkCipher.ALGORITHM))
                    .orElseThrow(WrongPassphraseException::new);
        } finally {
            Arrays.fill(wrapKey, (byte) 0);
        }
    }
}
