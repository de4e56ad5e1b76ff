package io.quarkiverse.tokenstorage.interop.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.tokenstorage.interop.conformance.keys.AgeKeys;
import io.quarkiverse.tokenstorage.interop.conformance.keys.KeyCase;
import io.quarkiverse.tokenstorage.interop.conformance.keys.KeyCases;
import io.quarkiverse.tokenstorage.interop.conformance.peer.Peer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsPeer;
import io.quarkiverse.tokenstorage.interop.conformance.peer.SopsRelease;
import io.quarkiverse.tokenstorage.interop.conformance.peer.ThisLibrary;
import io.quarkiverse.tokenstorage.interop.conformance.value.SelectorCase;
import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.RandomDocuments;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/**
 * Values × selectors × kinds of keys × releases of sops, both ways. The results are those of the page in the documentation,
 * which {@code -Dconformance.page=} writes anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ConformanceTest {

    private static final byte[] SMALL = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path logs;

    private final long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
    private final ConformanceResults results = new ConformanceResults();
    private KeyCases cases;
    private PublishedPage page;

    @BeforeAll
    void cases() {
        cases = new KeyCases(logs.resolve("kms.log"));
        page = new PublishedPage(new ConformancePage(cases.all()));
    }

    @AfterAll
    void stop() {
        cases.close();
    }

    @AfterAll
    void thePageHolds() throws IOException {
        String target = System.getProperty(PublishedPage.TARGET_PROPERTY, "");
        if (target.isEmpty()) {
            page.assertHolds(results);
        } else {
            page.write(Path.of(target), results, seed);
        }
    }

    private Stream<Arguments> keysOfReleases(BiPredicate<SopsRelease, KeyCase> wanted) {
        return Arrays.stream(SopsRelease.values()).flatMap(release -> cases.all().stream()
                .filter(keys -> wanted.test(release, keys)).map(keys -> Arguments.of(release, Named.of(keys.title(), keys))));
    }

    Stream<Arguments> knownKeys() {
        return keysOfReleases((release, keys) -> release.has(keys.since()));
    }

    Stream<Arguments> unknownKeys() {
        return keysOfReleases((release, keys) -> !release.has(keys.since()));
    }

    Stream<Arguments> knownKeysWithSops() {
        return keysOfReleases((release, keys) -> release.has(keys.since()) && keys.isWithSops());
    }

    @ParameterizedTest
    @MethodSource("unknownKeys")
    void keysThatTheReleaseDoesNotKnow(SopsRelease release, KeyCase keys, @TempDir Path directory) {
        Sandbox box = Sandbox.in(directory, release.required());
        box.rules(SelectorCase.NONE.rules(keys.provide(box), false));
        Peer peer = keys.peer(box, release);
        assertThatThrownBy(() -> peer.decrypt(peer.encrypt(SMALL))).as("%s knows no %s", release, keys.title());
        results.cell(ConformanceResults.KEYS, keys.title(), release.version(), ConformanceResults.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("knownKeys")
    void values(SopsRelease release, KeyCase keys, @TempDir Path directory) {
        Sandbox box = Sandbox.in(directory, release.required());
        KeyGroupsText text = keys.provide(box);
        Peer peer = keys.peer(box, release);
        try (ThisLibrary us = ThisLibrary.in(box, keys.passphrases())) {
            for (SelectorCase selector : SelectorCase.values()) {
                for (boolean macOnlyEncrypted : new boolean[] { false, true }) {
                    box.rules(selector.rules(text, macOnlyEncrypted));
                    ValueExchange exchange = new ValueExchange(release, selector, macOnlyEncrypted, keys, peer, us, results);
                    exchange.together();
                    if (keys instanceof AgeKeys) {
                        exchange.apart();
                    }
                }
            }
        }
        results.cell(ConformanceResults.KEYS, keys.title(), release.version(), ConformanceResults.SAME);
    }

    @ParameterizedTest
    @MethodSource("knownKeysWithSops")
    void changes(SopsRelease release, KeyCase keys, @TempDir Path directory) {
        Sandbox box = Sandbox.in(directory, release.required());
        ChangeExchange exchange = new ChangeExchange(box, release, keys);
        for (FileChange change : FileChange.values()) {
            exchange.make(change);
            results.exchanged(release, 1);
            results.cell(ConformanceResults.CHANGES, change.title(), release.version(), ConformanceResults.SAME);
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignForms(SopsRelease release, @TempDir Path directory) {
        forms(release, directory).foreignForms();
    }

    @ParameterizedTest
    @EnumSource
    void binaryUnderASelector(SopsRelease release, @TempDir Path directory) {
        forms(release, directory).binaryUnderASelector();
    }

    @ParameterizedTest
    @EnumSource
    void oldForms(SopsRelease release, @TempDir Path directory) {
        forms(release, directory).oldForms();
    }

    @ParameterizedTest
    @EnumSource
    void oldKmsContext(SopsRelease release, @TempDir Path directory) {
        forms(release, directory).oldKmsContext(cases.kmsWithContext("{purpose: tokens, app: tokens, z: tokens}"));
    }

    private FormExchange forms(SopsRelease release, Path directory) {
        return new FormExchange(Sandbox.in(directory, release.required()), release, results);
    }

    @ParameterizedTest
    @EnumSource
    void randomDocuments(SopsRelease release, @TempDir Path directory) {
        System.out.println("Random documents for " + release + ": -Dtokenstorage.test.seed=" + seed);
        Sandbox box = Sandbox.in(directory, release.required());
        // All is encrypted: numbers in clear are what the releases do not agree on
        box.rules(SelectorCase.UNENCRYPTED_COMMENT_REGEX.rules(KeyGroupsText.age(box.identity().recipient()), false));
        SopsPeer sops = new SopsPeer(box, release);
        RandomDocuments documents = new RandomDocuments(seed + release.ordinal());
        try (ThisLibrary us = ThisLibrary.in(box)) {
            for (int i = 0; i < 5; i++) {
                byte[] plain = documents.batch(20);
                for (Peer writer : List.of(sops, us)) {
                    byte[] document = writer.encrypt(plain);
                    Exchange.assertSame(us.print(document), sops.decrypt(document).orElseThrow(),
                            "-Dtokenstorage.test.seed=" + seed);
                    results.exchanged(release, 1);
                }
            }
        }
    }

    @Test
    @DisabledIfSystemProperty(named = PublishedPage.TARGET_PROPERTY, matches = ".+", disabledReason = "it is being written")
    void thePageHasAllCells() throws IOException {
        page.assertHasAllCells();
    }
}
