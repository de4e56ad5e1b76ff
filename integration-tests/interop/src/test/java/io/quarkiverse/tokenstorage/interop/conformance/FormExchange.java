package io.quarkiverse.tokenstorage.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.interop.conformance.form.ForeignForm;
import io.quarkiverse.tokenstorage.interop.conformance.form.HandMadeDocument;
import io.quarkiverse.tokenstorage.interop.conformance.form.OldForm;
import io.quarkiverse.tokenstorage.interop.conformance.keys.KeyCase;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsPeer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.peer.ThisLibrary;
import io.quarkiverse.tokenstorage.interop.conformance.value.SelectorCase;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/** Documents in forms that this library does not write, read by one release and by this library. */
final class FormExchange {

    private static final byte[] SMALL = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);
    private static final String READ = "read";

    private final Sandbox box;
    private final SopsRelease release;
    private final SopsPeer sops;
    private final ConformanceResults results;

    FormExchange(Sandbox box, SopsRelease release, ConformanceResults results) {
        this.box = box;
        this.release = release;
        this.sops = new SopsPeer(box, release);
        this.results = results;
    }

    private void ageRule(SelectorCase selector, boolean macOnlyEncrypted) {
        box.rules(selector.rules(KeyGroupsText.age(box.identity().recipient()), macOnlyEncrypted));
    }

    void foreignForms() {
        ageRule(SelectorCase.NONE, false);
        try (ThisLibrary us = ThisLibrary.in(box)) {
            for (ForeignForm form : ForeignForm.values()) {
                boolean known = release.has(form.since());
                if (known) {
                    byte[] document = form.encryptedBySops(box);
                    Exchange.assertSame(us.print(document), sops.decrypt(document).orElseThrow(), form.title());
                    results.exchanged(release, 1);
                } else {
                    assertThatThrownBy(() -> form.encryptedBySops(box)).as("%s knows no %s", release, form.title());
                }
                results.cell(ConformanceResults.FORMS, form.title(), release.version(),
                        known ? ConformanceResults.SAME : ConformanceResults.UNKNOWN);
            }
        }
    }

    /** Up to 3.10, selectors could leave a binary file in clear. */
    void binaryUnderASelector() {
        ageRule(SelectorCase.ENCRYPTED_REGEX, true);
        byte[] document = ForeignForm.BINARY.encryptedBySops(box);
        assertThat(new String(document, StandardCharsets.UTF_8).contains("\"data\": \"ENC[")).isEqualTo(release.has("3.11.0"));
        try (ThisLibrary us = ThisLibrary.in(box)) {
            Exchange.assertSame(us.print(document), sops.decrypt(document).orElseThrow(), "binary");
        }
        results.cell(ConformanceResults.FORMS, ConformanceResults.BINARY_UNDER_SELECTOR, release.version(),
                ConformanceResults.SAME);
    }

    void oldForms() {
        ageRule(SelectorCase.NONE, false);
        byte[] real = sops.encrypt(SMALL);
        try (ThisLibrary us = ThisLibrary.in(box)) {
            for (OldForm form : OldForm.values()) {
                byte[] document = form.of(HandMadeDocument.from(real, box));
                results.cell(ConformanceResults.OLD_FORMS, form.title(), release.version(), reading(sops.attempt(document)));
                results.cell(ConformanceResults.OLD_FORMS, form.title(), ConformanceResults.THIS_LIBRARY,
                        reading(us.decrypt(document)));
            }
        }
    }

    private static String reading(Optional<byte[]> printed) {
        printed.ifPresent(text -> Exchange.assertSame(text, HandMadeDocument.PRINTED, "what was read"));
        return printed.isPresent() ? READ : "refused";
    }

    /**
     * Before 3.3.0, sops gave AWS KMS one of several values under all names of the encryption context.
     *
     * @param keys with the value {@code tokens} under the names {@code purpose} and {@code z}
     */
    void oldKmsContext(KeyCase keys) {
        box.rules(SelectorCase.NONE.rules(keys.provide(box), false));
        byte[] real = sops.encrypt(SMALL);
        String old = new String(real, StandardCharsets.UTF_8).replace("\"purpose\": \"tokens\"", "\"purpose\": \"storage\"")
                .replace("\"z\": \"tokens\"", "\"z\": \"\"");
        Path file = Sandbox.write(box.work().resolve("document.json"), old);
        assertThat(box.sops("decrypt", file.toString()).succeeded()).as("%s reads it as if from now", release).isFalse();
        String shown = old.replace('"' + release.version() + '"', "\"3.2.0\"");
        Sandbox.write(file, shown);
        // sops tells of its former mistake before it prints the document
        assertThat(box.sops("decrypt", file.toString()).text()).contains("Up until version 3.3.0")
                .contains("\"access_token\": \"value\"");
        try (ThisLibrary us = ThisLibrary.in(box)) {
            Exchange.assertSame(us.print(shown.getBytes(StandardCharsets.UTF_8)), sops.decrypt(real).orElseThrow(),
                    "what we read of the old document");
        }
        for (String reader : List.of(release.version(), ConformanceResults.THIS_LIBRARY)) {
            results.cell(ConformanceResults.OLD_FORMS, ConformanceResults.OLD_KMS_CONTEXT, reader, READ);
        }
    }
}
