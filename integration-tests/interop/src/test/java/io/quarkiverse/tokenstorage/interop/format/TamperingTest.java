package io.quarkiverse.tokenstorage.interop.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;

/** What sops rejects we reject; what it still reads we read alike, or are stricter where sops is careless. */
class TamperingTest {

    private static final byte[] DOCUMENT = """
            {"access_token":"secret value","expires_in":3600,"ratio":1.5,"active":true,"nothing":null,
             "open_unencrypted":["clear",7,false],"scope":["openid","profile"]}""".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    String document;

    @BeforeEach
    void document() {
        box = Sandbox.in(directory);
        box.ruleFor(box.identity().recipient());
        document = new String(box.sopsEncrypt(DOCUMENT, "file.json"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aSampleOfFlippedBytes() {
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        System.out.println("Flipped bytes: -Dtokenstorage.test.seed=" + seed);
        Random random = new Random(seed);
        int rejected = 0;
        for (int i = 0; i < 120; i++) {
            int position = random.nextInt(document.length());
            char flipped = (char) (document.charAt(position) ^ 1 << random.nextInt(8));
            rejected += judge("bit flipped at " + position + " to " + (int) flipped,
                    document.substring(0, position) + flipped + document.substring(position + 1)) ? 1 : 0;
        }
        assertThat(rejected).as("flipped bits that are noticed").isGreaterThan(60);
    }

    @Test
    void everyKindOfDeliberateChange() {
        List<String> changes = new ArrayList<>();
        changes.add(document.replace("\"clear\"", "\"cleax\""));
        changes.add(document.replace("7,", "8,"));
        changes.add(document.replace("false", "true"));
        changes.add(document.replace("\"access_token\"", "\"access_tokem\""));
        changes.add(document.replace("type:int", "type:str"));
        changes.add(document.replace("type:int", "type:float"));
        changes.add(document.replace("type:bool", "type:str"));
        changes.add(document.replace("type:float", "type:int"));
        changes.add(document.replace("type:int", "type:nonsense"));
        changes.add(document.replaceFirst("\"mac\": \"[^\"]*\",\n\t\t", ""));
        changes.add(document.replaceFirst("\"mac\": \"[^\"]*\"", "\"mac\": \"\""));
        changes.add(document.replaceFirst("\"mac\": \"[^\"]*\"", "\"mac\": null"));
        changes.add(document.replaceFirst("\"lastmodified\": \"....", "\"lastmodified\": \"2001"));
        changes.add(document.replaceFirst("\"lastmodified\": \"[^\"]*\",\n\t\t", ""));
        changes.add(document.replaceFirst("\"lastmodified\": \"[^\"]*\"", "\"lastmodified\": \"yesterday\""));
        changes.add(
                document.replaceFirst("\"unencrypted_suffix\": \"_unencrypted\"", "\"encrypted_suffix\": \"_unencrypted\""));
        changes.add(document.replaceFirst("\"unencrypted_suffix\": \"_unencrypted\"", "\"unencrypted_suffix\": \"_token\""));
        changes.add(document.replaceFirst("\"unencrypted_suffix\": \"_unencrypted\"",
                "\"encrypted_regex\": \"a\", \"unencrypted_suffix\": \"_unencrypted\""));
        changes.add(document.replaceFirst("\"version\"", "\"mac_only_encrypted\": true, \"version\""));
        changes.add(document.replaceFirst("(\"ENC[^\"]*\"),(\\s*)(\"ENC[^\"]*\")", "$3,$2$1"));
        changes.add(document.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": \"clear\""));
        changes.add(document.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": 1"));
        changes.add(document.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": \"\""));
        changes.add(document.replaceFirst("\"access_token\": \"ENC[^\"]*\"", "\"access_token\": null"));
        changes.add(document.replaceFirst("\"access_token\": \"ENC[^\"]*\",", ""));
        changes.add(document.replaceFirst("\"nothing\": null,", ""));
        changes.add(document.replaceFirst("\"nothing\": null", "\"nothing\": \"new\""));
        changes.add(document.replaceFirst("\"sops\": ", "\"soap\": "));
        changes.add(document.replaceFirst("\"recipient\": \"age1[^\"]*\"", "\"recipient\": \"age1x\""));
        changes.add(document.replaceFirst("\"age\": ", "\"aged\": "));
        changes.add(document.replace("-----BEGIN AGE", "-----BEGIN OLD"));
        changes.add(document.replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"3.13\""));
        changes.add(document.replaceFirst("\"sops\": ", "\"sops\": {}, \"sops\": "));
        changes.add("");
        changes.add("{}");
        changes.add("{\"sops\":null}");
        changes.add("[" + document + "]");
        int rejected = 0;
        for (String change : changes) {
            assertThat(change).isNotEqualTo(document);
            rejected += judge(change, change) ? 1 : 0;
        }
        assertThat(rejected).as("changes that are noticed").isGreaterThan(changes.size() / 2);
    }

    @Test
    void everyCutOffDocumentIsRefused() {
        for (int length = 1; length < document.length() - 1; length += document.length() / 40) {
            assertThat(judge("cut to " + length, document.substring(0, length))).as("cut to %d", length).isTrue();
        }
    }

    /** @return whether this library rejects it, as it must if sops does */
    private boolean judge(String what, String changed) {
        byte[] bytes = changed.getBytes(StandardCharsets.ISO_8859_1);
        ProgramRun theirs = box.sopsDecrypting(bytes);
        try (OurSops ours = OurSops.in(box)) {
            byte[] printed = ours.decrypt(bytes);
            if (!theirs.succeeded()) {
                return fail("sops rejects with exit code %d what we read: %s%n%s", theirs.exit(), what, theirs.stderr());
            }
            assertThat(printed).as(what).isEqualTo(theirs.stdout());
            return false;
        } catch (DamagedDocumentException | DataKeyUnavailableException e) {
            assertThat(e.getMessage()).doesNotContain("secret value").doesNotContain("\n");
            return true;
        }
    }
}
