package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.exceptionfactory.jagged.RecipientStanza;

class AgeHeaderTest {

    private static final String CODE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String START = "age-encryption.org/v1\n-> X25519 abc\n";
    private static final String END = "\n--- " + CODE + "\n";

    @Test
    void readsWhatTheProgramWrote() throws Exception {
        byte[] file = AgeArmor.decode(AgeVectors.BY_AGE);
        AgeHeader header = AgeHeader.read(file);
        assertThat(header.stanzas()).hasSize(1);
        assertThat(header.stanzas().get(0).getType()).isEqualTo("X25519");
        assertThat(header.stanzas().get(0).getArguments()).containsExactly("V5PZjfL1L4uAegstGwwlNB7qJn+0HDKKzfStHIrrVFo");
        assertThat(header.stanzas().get(0).getBody()).hasSize(32);
        assertThat(header.code()).hasSize(32);
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text.substring(0, header.authenticatedLength())).endsWith("\n---");
        assertThat(text.substring(0, header.length())).endsWith("\n");
        assertThat(file.length - header.length()).isEqualTo(16 + 32 + 16);
        assertThat(AgeHeader.write(header.stanzas())).isEqualTo(Arrays.copyOf(file, header.authenticatedLength()));
        assertThat(AgeHeader.end(header.code()))
                .isEqualTo(Arrays.copyOfRange(file, header.authenticatedLength(), header.length()));
    }

    @Test
    void readsWhatItWritesForEveryLengthOfBody() throws Exception {
        List<RecipientStanza> stanzas = new ArrayList<>();
        for (int length = 0; length < 150; length++) {
            byte[] body = new byte[length];
            Arrays.fill(body, (byte) length);
            stanzas.add(new Stanza("type" + length, List.of("one", "!~"), body));
        }
        byte[] start = AgeHeader.write(stanzas);
        AgeHeader header = AgeHeader.read(joined(start, AgeHeader.end(new byte[32]), new byte[] { 1, 2, 3 }));
        assertThat(header.authenticatedLength()).isEqualTo(start.length);
        assertThat(header.stanzas()).hasSize(stanzas.size());
        for (int length = 0; length < stanzas.size(); length++) {
            assertThat(header.stanzas().get(length).getType()).isEqualTo("type" + length);
            assertThat(header.stanzas().get(length).getArguments()).containsExactly("one", "!~");
            assertThat(header.stanzas().get(length).getBody()).isEqualTo(stanzas.get(length).getBody());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "AAAA", "AAAAAA", "AAAAAAA" })
    void readsBodiesThatEndInAnyWay(String lastLine) throws Exception {
        AgeHeader header = read(START + ("A".repeat(64) + "\n") + lastLine + END);
        assertThat(header.stanzas().get(0).getBody()).hasSize(48 + lastLine.length() * 3 / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "\n", "age-encryption.org/v1", "age-encryption.org/v1\n", "age-encryption.org/v1" + END,
            // version
            "age-encryption.org/v2\n-> X25519 abc\n" + END, "age-encryption.org/v1\r\n-> X25519 abc\n" + END,
            " age-encryption.org/v1\n-> X25519 abc\n" + END, "\nage-encryption.org/v1\n-> X25519 abc\n" + END,
            // start of a stanza
            "age-encryption.org/v1\n->\n" + END, "age-encryption.org/v1\n-> \n" + END,
            "age-encryption.org/v1\n->X25519\n" + END,
            "age-encryption.org/v1\n->  X25519\n" + END, "age-encryption.org/v1\n-> X25519 \n" + END,
            "age-encryption.org/v1\n-> X25519  abc\n" + END, "age-encryption.org/v1\n-> X25519\tabc\n" + END,
            "age-encryption.org/v1\n-> X25519 a\u00e9\n" + END, "age-encryption.org/v1\n-> X25519 a\u007f\n" + END,
            "age-encryption.org/v1\n-> X25519 abc\r\n" + END, "age-encryption.org/v1\n--> X25519 abc\n" + END,
            // body
            START + "A" + END, START + "AAAAA" + END, START + "AB" + END, START + "AAB" + END, START + "AA==" + END,
            START + "AAA=" + END, START + "AAA " + END, START + " AAAA" + END, START + "AAAA\r" + END, START + "AA-_" + END,
            START + "AAAA\nAAAA" + END, START + "\nAAAA" + END, START + "\n" + END,
            // end
            START + "\n---" + CODE + "\n", START + "\n---  " + CODE + "\n", START + "\n--- " + CODE + " \n",
            START + "\n--- " + CODE + "\r\n", START + "\n--- " + CODE, START + "\n---\n", START + "\n--- \n", START + "\n-- \n",
            START + "\n--- " + CODE + "=\n", START + "\n--- AAAA\n", START + "\n--- " + CODE + "A\n",
            START + "\n" + CODE + "\n",
            "age-encryption.org/v1\n-> X25519 abc\n--- " + CODE + "\n" })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void refusesBodiesWhoseLinesAreTooLongOrDoNotEnd() {
        String full = "A".repeat(64);
        assertThatThrownBy(() -> read(START + full + "AAAA" + END)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> read(START + full + END)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> read(START + full.substring(1) + "B" + END)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void refusesWhatWasCutOffAnywhere() throws Exception {
        String text = START + "AAAA" + END;
        assertThat(read(text).length()).isEqualTo(text.length());
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void boundsLinesAndStanzas() throws Exception {
        assertThat(read(stanzas(256) + END.substring(1)).stanzas()).hasSize(256);
        assertThatThrownBy(() -> read(stanzas(257) + END.substring(1))).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> read("age-encryption.org/v1\n-> X25519 " + "a".repeat(1 << 20) + "\n" + END))
                .isInstanceOf(InvalidKeyException.class);
    }

    private static String stanzas(int number) {
        return "age-encryption.org/v1\n" + "-> a\n\n".repeat(number);
    }

    private static AgeHeader read(String text) throws GeneralSecurityException {
        return AgeHeader.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] joined(byte[]... parts) {
        byte[] joined = {};
        for (byte[] part : parts) {
            joined = Arrays.copyOf(joined, joined.length + part.length);
            System.arraycopy(part, 0, joined, joined.length - part.length, part.length);
        }
        return joined;
    }
}
