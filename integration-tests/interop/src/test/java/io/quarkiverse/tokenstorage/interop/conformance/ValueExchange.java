package io.quarkiverse.tokenstorage.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.interop.conformance.keys.AgeKeys;
import io.quarkiverse.tokenstorage.interop.conformance.keys.KeyCase;
import io.quarkiverse.tokenstorage.interop.conformance.peer.Peer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.value.Outcome;
import io.quarkiverse.tokenstorage.interop.conformance.value.SelectorCase;
import io.quarkiverse.tokenstorage.interop.conformance.value.ValueDocument;
import io.quarkiverse.tokenstorage.interop.conformance.value.ValueDocument.Place;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;

/** All kinds of values both ways between this library and a peer, under one selector. */
final class ValueExchange {

    private static final Pattern TEXT = Pattern.compile("\"TEXT\": \"(ENC\\[[^\"]*type:str]|value)\"");

    private final SopsRelease release;
    private final SelectorCase selector;
    private final boolean macOnlyEncrypted;
    private final KeyCase keys;
    private final Peer peer;
    private final Peer us;
    private final ConformanceResults results;

    ValueExchange(SopsRelease release, SelectorCase selector, boolean macOnlyEncrypted, KeyCase keys, Peer peer, Peer us,
            ConformanceResults results) {
        this.release = release;
        this.selector = selector;
        this.macOnlyEncrypted = macOnlyEncrypted;
        this.keys = keys;
        this.peer = peer;
        this.us = us;
        this.results = results;
    }

    /** Values that are read alike, in one document each way. */
    void together() {
        ValueDocument document = ValueDocument.of(selector, place -> covers(place) && writtenByPeer(place).isReadAlike());
        results.exchanged(release, 2);
        byte[] theirs = peer.encrypt(document.json());
        assertWritten(release, theirs);
        byte[] printed = peer.decrypt(theirs).orElseThrow();
        Exchange.assertSame(us.decrypt(theirs).orElseThrow(), printed, "what we read of theirs");
        document.exact(printed).forEach((place, exact) -> found(place,
                exact ? Outcome.SAME : Outcome.CHANGED_BY_WRITER, writtenByPeer(place)));

        document = ValueDocument.of(selector, place -> covers(place) && writtenByUs(place).isReadAlike());
        byte[] ours = us.encrypt(document.json());
        assertWritten(SopsRelease.V3_13_2, ours);
        Map<Place, Boolean> readByUs = document.exact(us.decrypt(ours).orElseThrow());
        document.exact(peer.decrypt(ours).orElseThrow()).forEach((place, exact) -> found(place,
                exact ? Outcome.SAME : readByUs.get(place) ? Outcome.CHANGED_BY_READER : Outcome.CHANGED_BY_WRITER,
                writtenByUs(place)));
    }

    /** Values that spoil the document for one of the two, each in a document of its own. */
    void apart() {
        for (Place place : ValueDocument.places(selector)) {
            ValueDocument document = ValueDocument.of(place);
            if (!writtenByPeer(place).isReadAlike()) {
                byte[] theirs = peer.encrypt(document.json());
                results.exchanged(release, 1);
                found(place, refusal(peer.decrypt(theirs), us.decrypt(theirs)), writtenByPeer(place));
            }
            if (!writtenByUs(place).isReadAlike()) {
                byte[] ours = us.encrypt(document.json());
                results.exchanged(release, 1);
                assertThat(us.decrypt(ours)).isPresent();
                assertThat(peer.decrypt(ours)).as("%s, which sops %s should refuse", place, release).isEmpty();
                found(place, Outcome.REFUSED_BY_SOPS, writtenByUs(place));
            }
        }
    }

    private static Outcome refusal(Optional<byte[]> theirs, Optional<byte[]> ours) {
        if (ours.isPresent()) {
            assertThat(theirs).as("what we read").isPresent();
            assertThat(ours.get()).as("what we read otherwise").isNotEqualTo(theirs.get());
            return Outcome.READ_OTHERWISE;
        }
        return theirs.isPresent() ? Outcome.REFUSED_BY_US : Outcome.REFUSED_BY_BOTH;
    }

    private boolean covers(Place place) {
        return keys.covers(place.value(), release);
    }

    private Outcome writtenByPeer(Place place) {
        return place.value().writtenBySops(release, selector.selects(place.member()), macOnlyEncrypted);
    }

    private Outcome writtenByUs(Place place) {
        return place.value().writtenByUs(release, selector.selects(place.member()), macOnlyEncrypted);
    }

    private void found(Place place, Outcome outcome, Outcome known) {
        assertThat(outcome).as("%s with %s", place, this).isEqualTo(known);
        results.value(release, place.value(), selector, outcome);
    }

    /** What the selector selects is encrypted, and nothing else is. */
    private void assertWritten(SopsRelease as, byte[] document) {
        if (keys instanceof AgeKeys) {
            WrittenForm.assertOf(as, document, selector != SelectorCase.ENCRYPTED_COMMENT_REGEX);
        }
        assertThat(TEXT.matcher(new String(document, StandardCharsets.UTF_8)).results()
                .map(text -> text.group(1).startsWith("ENC["))).as("what %s encrypts", selector)
                .isEqualTo(selector.memberNames().stream().map(selector::selects).toList());
    }

    @Override
    public String toString() {
        return selector + (macOnlyEncrypted ? " and mac_only_encrypted" : "");
    }
}
