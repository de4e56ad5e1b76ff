package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.OurSops;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;

/** Several recipients in one group: each of them alone reads the document, a stranger does not. */
class AgeRecipientsTest {

    private static final byte[] DOCUMENT = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;
    Sandbox box;
    List<AgeIdentity> identities;

    @BeforeEach
    void sandbox() {
        box = Sandbox.in(directory);
        identities = List.of(AgeIdentity.generate(), box.identity(), AgeIdentity.generate());
    }

    @Test
    void eachOfRecipientsBetweenCommasReads() {
        box.ruleFor(
                identities.get(0).recipient() + ", " + identities.get(1).recipient() + " ," + identities.get(2).recipient());
        Exchange.bothWays(box, DOCUMENT, "file.json");
        assertEachReads();
    }

    @Test
    void eachRecipientOfAListReads() {
        box.rules("creation_rules:\n  - age:\n" + listItems("      "));
        Exchange.bothWays(box, DOCUMENT, "file.json");
        assertEachReads();
    }

    @Test
    void eachRecipientOfAGroupReads() {
        box.rules("creation_rules:\n  - key_groups:\n      - age:\n" + listItems("          "));
        Exchange.bothWays(box, DOCUMENT, "file.json");
        assertEachReads();
    }

    @Test
    void aRecipientGivenTwice() {
        box.ruleFor(box.identity().recipient() + "," + box.identity().recipient());
        Exchange.bothWays(box, DOCUMENT, "file.json");
    }

    @Test
    void aStrangerReadsNothing() {
        box.ruleFor(AgeIdentity.generate().recipient());
        byte[] theirs = box.sopsEncrypt(DOCUMENT, "file.json");
        try (OurSops ours = OurSops.in(box)) {
            byte[] document = ours.encrypt(DOCUMENT, "file.json");
            assertThat(box.sopsDecrypting(document).exit()).isEqualTo(128);
            assertThat(box.sopsDecrypting(theirs).exit()).isEqualTo(128);
            assertThatThrownBy(() -> ours.decrypt(document)).isInstanceOf(DataKeyUnavailableException.class);
            assertThatThrownBy(() -> ours.decrypt(theirs)).isInstanceOf(DataKeyUnavailableException.class);
        }
    }

    private String listItems(String indent) {
        StringBuilder items = new StringBuilder();
        identities.forEach(identity -> items.append(indent).append("- ").append(identity.recipient()).append('\n'));
        return items.toString();
    }

    private void assertEachReads() {
        byte[] theirs = box.sopsEncrypt(DOCUMENT, "file.json");
        byte[] document;
        try (OurSops ours = OurSops.in(box)) {
            document = ours.encrypt(DOCUMENT, "file.json");
        }
        for (AgeIdentity identity : identities) {
            Sandbox.write(box.keyFile(), identity.secretKey() + "\n");
            try (OurSops ours = OurSops.in(box)) {
                assertThat(ours.decrypt(theirs)).isEqualTo(box.sopsDecrypt(document)).isEqualTo(ours.decrypt(document));
            }
        }
    }
}
