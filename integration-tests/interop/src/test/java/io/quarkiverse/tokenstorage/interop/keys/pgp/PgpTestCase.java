package io.quarkiverse.tokenstorage.interop.keys.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/** A key without and one with a passphrase in a home of GnuPG of their own, and nobody there to answer questions. */
public abstract class PgpTestCase {

    static final byte[] DOCUMENT = "{\"access_token\":\"value\",\"expires\":1.5,\"scope\":[\"a\",true,null]}"
            .getBytes(StandardCharsets.UTF_8);

    protected static final String PASSPHRASE = "correct horse";

    protected static GpgHome gpg;
    protected static String plain;
    protected static String locked;

    @TempDir
    protected Path directory;
    protected Sandbox box;

    @BeforeAll
    static void keys() {
        RealProgram.SOPS.required();
        gpg = new GpgHome();
        plain = gpg.generate("plain", "");
        locked = gpg.generate("locked", PASSPHRASE);
    }

    @AfterAll
    static void close() {
        if (gpg != null) {
            gpg.close();
        }
    }

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory).set("GNUPGHOME", gpg.directory().toString());
    }

    @AfterEach
    void nobodyAnswers() {
        gpg.configure("allow-preset-passphrase", "pinentry-program /no/such/program");
    }

    void pgpRule(String fingerprint) {
        box.rules("creation_rules:\n  - pgp: '" + fingerprint + "'\n");
    }

    AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(byte[] document) {
        assertThat(box.sopsDecrypting(document).exit()).isEqualTo(128);
        try (OurSops ours = OurSops.in(box)) {
            return assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class);
        }
    }
}
