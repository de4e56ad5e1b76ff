package io.quarkiverse.tokenstorage.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.tokenstorage.interop.conformance.keys.KeyCase;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsPeer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.peer.ThisLibrary;
import io.quarkiverse.tokenstorage.interop.conformance.value.SelectorCase;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/** Documents that one side has written and the other has changed, under one kind of keys. */
final class ChangeExchange {

    private static final byte[] DOCUMENT = """
            {"access_token":"value","list":[1,{"a":1.5}],"long":9223372036854775807,"x_unencrypted":[1,null,"clear"]}
            """.getBytes(StandardCharsets.UTF_8);

    private final Sandbox box;
    private final SopsPeer sops;
    private final PassphraseSource passphrases;
    private final String rules;
    private final String formerRules;
    private final AgeIdentity former = AgeIdentity.generate();

    ChangeExchange(Sandbox box, SopsRelease release, KeyCase keyCase) {
        KeyGroupsText keys = keyCase.provide(box);
        this.passphrases = keyCase.passphrases();
        this.box = box;
        this.sops = new SopsPeer(box, release);
        this.rules = SelectorCase.NONE.rules(keys, false);
        // Both keep the threshold of the file when they update its keys, whatever the rule says
        this.formerRules = SelectorCase.NONE
                .rules(new KeyGroupsText(KeyGroupsText.age(former.recipient()).groups(), keys.threshold()), false);
    }

    /** Afterwards both have read the changed document alike. */
    void make(FileChange change) {
        box.rules(rules);
        switch (change) {
            case ROTATED_BY_SOPS -> {
                byte[] ours = ours();
                byte[] changed = sops.changeKeys(ours, "rotate", "--in-place");
                assertThat(enc(changed)).isNotEqualTo(enc(ours));
                assertThat(readByBoth(changed)).isEqualTo(readByBoth(ours));
            }
            case SET_BY_SOPS -> {
                byte[] changed = sops.changeValue(ours(), "set", "[\"list\"][1][\"b\"]", "{\"c\":[7,\"<two>\",null]}");
                assertThat(readByBoth(sops.changeValue(changed, "set", "[\"number\"]", "42")))
                        .contains("\"\\u003ctwo\\u003e\"").contains("\"number\": 42");
            }
            case UNSET_BY_SOPS -> assertThat(readByBoth(sops.changeValue(ours(), "unset", "[\"list\"][0]")))
                    .contains("\"list\": [\n\t\t{\n");
            case EDITED_BY_SOPS -> assertThat(readByBoth(sops.edit(ours(), "s/\"value\"/\"edited value\"/")))
                    .contains("\"edited value\"");
            case KEYS_UPDATED_BY_SOPS -> {
                formerKey();
                byte[] ours = ours();
                box.rules(rules);
                byte[] changed = sops.changeKeys(ours, "updatekeys", "--yes");
                assertNewKeysOnly(changed);
            }
            case ROTATED_BY_US -> {
                byte[] theirs = sops.encrypt(DOCUMENT);
                try (ThisLibrary us = ThisLibrary.in(box, passphrases)) {
                    byte[] changed = us.encrypt(us.print(theirs));
                    assertThat(enc(changed)).isNotEqualTo(enc(theirs));
                    assertThat(readByBoth(changed)).isEqualTo(readByBoth(theirs));
                }
            }
            case KEYS_UPDATED_BY_US -> {
                formerKey();
                byte[] theirs = sops.encrypt(DOCUMENT);
                box.rules(rules);
                try (ThisLibrary us = ThisLibrary.in(box, passphrases)) {
                    assertNewKeysOnly(us.updateKeys(theirs));
                }
            }
        }
    }

    private void formerKey() {
        box.set("SOPS_AGE_KEY", former.secretKey());
        box.rules(formerRules);
    }

    private void assertNewKeysOnly(byte[] changed) {
        box.unset("SOPS_AGE_KEY");
        assertThat(new String(changed, StandardCharsets.UTF_8)).doesNotContain(former.recipient());
        assertThat(readByBoth(changed)).contains("\"access_token\": \"value\"");
    }

    private byte[] ours() {
        try (ThisLibrary us = ThisLibrary.in(box, passphrases)) {
            return us.encrypt(DOCUMENT);
        }
    }

    private String readByBoth(byte[] document) {
        byte[] printed = sops.decrypt(document).orElseThrow();
        try (ThisLibrary us = ThisLibrary.in(box, passphrases)) {
            Exchange.assertSame(us.print(document), printed, "what we read of the changed document");
        }
        return new String(printed, StandardCharsets.UTF_8);
    }

    /** The first wrapped data key. */
    private static String enc(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        int start = text.indexOf("\"enc\": ");
        return text.substring(start, text.indexOf('\n', start));
    }
}
