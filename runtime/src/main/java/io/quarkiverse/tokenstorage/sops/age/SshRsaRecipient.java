package io.quarkiverse.tokenstorage.sops.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;

/** Wraps file keys for one RSA SSH key ({@code agessh.go}): OAEP with SHA-256 and a label. */
final class SshRsaRecipient implements RecipientStanzaWriter {

    private static final String LABEL = "age-encryption.org/v1/ssh-rsa";

    private final SshPublicKey recipient;
    private final RSAPublicKeySpec key;
    private final SecureRandom random;

    SshRsaRecipient(SshPublicKey recipient, RSAPublicKeySpec key, SecureRandom random) {
        this.recipient = recipient;
        this.key = key;
        this.random = random;
    }

    static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance("RSA/ECB/OAEPPadding");
    }

    static OAEPParameterSpec padding() {
        return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
                new PSource.PSpecified(LABEL.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        Cipher cipher = cipher();
        cipher.init(Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePublic(key), padding(), random);
        byte[] plain = fileKey.getEncoded();
        try {
            return WrappedFileKey.stanza(SshPublicKey.RSA, List.of(recipient.fingerprint()), cipher.doFinal(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }
}
