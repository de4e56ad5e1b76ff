package io.quarkiverse.tokenstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
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

import io.quarkiverse.tokenstorage.interop.ConformanceResults.Cell;

/**
 * Values × selectors × kinds of keys × releases of sops, both ways. The results are those of the page in the documentation,
 * which {@code -Dconformance.page=} writes anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ConformanceTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", "."),
            "../../docs/modules/ROOT/pages/conformance.adoc");
    private static final byte[] SMALL = "{\"access_token\":\"value\"}".getBytes(StandardCharsets.UTF_8);

    private static final String READ = "read";

    private final ConformanceResults results = new ConformanceResults();
    @TempDir
    static Path logs;
    private KmsServer kms;
    private final ReentrantLock lock = new ReentrantLock();
    private final long seed = Long.getLong("interop.seed", System.nanoTime());

    /** One for all tests: its start takes seconds. */
    private KmsServer kmsServer() {
        lock.lock();
        try {
            if (kms == null) {
                kms = KmsServer.start(logs.resolve("kms.log"));
            }
            return kms;
        } finally {
            lock.unlock();
        }
    }

    @AfterAll
    void stop() {
        if (kms != null) {
            kms.close();
        }
    }

    /** New ones for each test, which closes them. */
    private List<KeyCase> keys() {
        return List.of(new AgeKeys(), new PassphraseKeys(), new SshKeys("ed25519"), new SshKeys("rsa"), new PostQuantumKeys(),
                new PgpKeys(), new KmsKeys(this::kmsServer), new SplitKeys(), new EngineKeys());
    }

    private Stream<Arguments> keysOfReleases(BiPredicate<SopsRelease, KeyCase> wanted) {
        return Arrays.stream(SopsRelease.values()).flatMap(release -> keys().stream()
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
        Sandbox box = Sandbox.in(directory, release.required());
        box.rules(SelectorCase.NONE.rules(KeyGroupsText.age(box.identity().recipient()), false));
        SopsPeer sops = new SopsPeer(box, release);
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

    @ParameterizedTest
    @EnumSource
    void oldForms(SopsRelease release, @TempDir Path directory) {
        Sandbox box = Sandbox.in(directory, release.required());
        box.rules(SelectorCase.NONE.rules(KeyGroupsText.age(box.identity().recipient()), false));
        SopsPeer sops = new SopsPeer(box, release);
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

    /** Up to 3.10, selectors could leave a binary file in clear. */
    @ParameterizedTest
    @EnumSource
    void binaryUnderASelector(SopsRelease release, @TempDir Path directory) {
        Sandbox box = Sandbox.in(directory, release.required());
        box.rules(SelectorCase.ENCRYPTED_REGEX.rules(KeyGroupsText.age(box.identity().recipient()), true));
        byte[] document = ForeignForm.BINARY.encryptedBySops(box);
        assertThat(new String(document, StandardCharsets.UTF_8).contains("\"data\": \"ENC[")).isEqualTo(release.has("3.11.0"));
        try (ThisLibrary us = ThisLibrary.in(box)) {
            Exchange.assertSame(us.print(document), new SopsPeer(box, release).decrypt(document).orElseThrow(), "binary");
        }
        results.cell(ConformanceResults.FORMS, ConformanceResults.BINARY_UNDER_SELECTOR, release.version(),
                ConformanceResults.SAME);
    }

    /** Before 3.3.0, sops gave AWS KMS one of several values under all names of the encryption context. */
    @ParameterizedTest
    @EnumSource
    void oldKmsContext(SopsRelease release, @TempDir Path directory) {
        Sandbox box = Sandbox.in(directory, release.required());
        box.rules(SelectorCase.NONE.rules(
                new KmsKeys(this::kmsServer, "{purpose: tokens, app: tokens, z: tokens}").provide(box), false));
        SopsPeer sops = new SopsPeer(box, release);
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

    private static String reading(Optional<byte[]> printed) {
        printed.ifPresent(text -> Exchange.assertSame(text, HandMadeDocument.PRINTED, "what was read"));
        return printed.isPresent() ? READ : "refused";
    }

    @ParameterizedTest
    @EnumSource
    void randomDocuments(SopsRelease release, @TempDir Path directory) {
        System.out.println("Random documents for " + release + ": -Dinterop.seed=" + seed);
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
                    Exchange.assertSame(us.print(document), sops.decrypt(document).orElseThrow(), "-Dinterop.seed=" + seed);
                    results.exchanged(release, 1);
                }
            }
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "conformance.page", matches = ".+", disabledReason = "it is being written")
    void thePageHasAllCells() throws IOException {
        assertThat(ConformancePage.read(Files.readAllLines(PAGE)).keySet())
                .isEqualTo(new ConformancePage(keys()).emptyCells().keySet());
    }

    /** What was run; nothing is said of what was skipped because a program is missing. */
    @AfterAll
    void thePageHolds() throws IOException {
        String target = System.getProperty("conformance.page", "");
        if (!target.isEmpty()) {
            Map<Cell, String> cells = results.cells();
            Files.write(Path.of(target), new ConformancePage(keys()).write(cells, figures()));
            assertThat(cells.keySet()).isEqualTo(new ConformancePage(keys()).emptyCells().keySet());
            return;
        }
        Map<Cell, String> page = ConformancePage.read(Files.readAllLines(PAGE));
        List<String> differences = results.cells().entrySet().stream()
                .filter(now -> !now.getValue().equals(page.get(now.getKey())))
                .map(now -> now.getKey() + " is '" + now.getValue() + "' and not '" + page.get(now.getKey()) + "'").toList();
        assertThat(differences).as("what is not as %s says", PAGE.normalize()).isEmpty();
    }

    private List<String> figures() {
        List<String> figures = new ArrayList<>(List.of("Run on " + LocalDate.now(ZoneOffset.UTC) + " with Java "
                + System.getProperty("java.version") + "; seed of the random documents " + seed + ". Documents exchanged:",
                ""));
        for (SopsRelease release : SopsRelease.values()) {
            figures.add("* " + release + ": " + results.documents(release));
        }
        figures.addAll(
                List.of("", String.format(Locale.ROOT, "In them %,d values were looked at one by one.", results.values()),
                        ""));
        return figures;
    }
}
