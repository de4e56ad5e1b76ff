package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;

/** The {@code enc} member of a recipient is an ordinary armored age file: the age program opens ours, and we open its own. */
class AgeProgramTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    String age;

    @BeforeEach
    void sandbox() {
        age = RealProgram.AGE.required().toString();
        box = Sandbox.in(directory);
        box.ruleFor(box.identity().recipient());
    }

    @Test
    void ageOpensOurDataKey() {
        try (OurSops ours = OurSops.in(box)) {
            assertThat(opened(AgeEntry.encOf(ours.encrypt(DOCUMENT, "file.json")))).hasSize(32);
        }
    }

    @Test
    void everyDocumentHasItsOwnDataKey() {
        try (OurSops ours = OurSops.in(box)) {
            assertThat(opened(AgeEntry.encOf(ours.encrypt(DOCUMENT, "file.json"))))
                    .isNotEqualTo(opened(AgeEntry.encOf(ours.encrypt(DOCUMENT, "file.json"))));
        }
    }

    @Test
    void weOpenADataKeyThatAgeWrapped() {
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            byte[] dataKey = opened(AgeEntry.encOf(document));
            String enc = new String(age(dataKey, "--armor", "--recipient", box.identity().recipient()),
                    StandardCharsets.US_ASCII);
            byte[] rewrapped = AgeEntry.withEnc(document, enc);
            assertThat(ours.decrypt(rewrapped)).isEqualTo(ours.decrypt(document)).isEqualTo(box.sopsDecrypt(rewrapped));
        }
    }

    @Test
    void weOpenAnAgeFileWithSeveralStanzas() {
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            String enc = new String(
                    age(opened(AgeEntry.encOf(document)), "--armor", "--recipient", AgeIdentity.generate().recipient(),
                            "--recipient", box.identity().recipient()),
                    StandardCharsets.US_ASCII);
            byte[] rewrapped = AgeEntry.withEnc(document, enc);
            assertThat(ours.decrypt(rewrapped)).isEqualTo(box.sopsDecrypt(rewrapped));
        }
    }

    @Test
    void theArmorMayHaveWindowsLineEndsAndBlankSpaceAround() {
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = box.sopsEncrypt(DOCUMENT, "file.json");
            byte[] loose = AgeEntry.withEnc(document, " \n" + AgeEntry.encOf(document).replace("\n", "\r\n") + "  \n");
            assertThat(ours.decrypt(loose)).isEqualTo(box.sopsDecrypt(loose));
        }
    }

    private byte[] opened(String enc) {
        return age(enc.getBytes(StandardCharsets.US_ASCII), "--decrypt", "--identity", box.keyFile().toString());
    }

    private byte[] age(byte[] stdin, String... arguments) {
        List<String> command = new ArrayList<>(List.of(age));
        command.addAll(List.of(arguments));
        return ProgramRun.of(command, Map.of(), box.work(), stdin).output();
    }
}
