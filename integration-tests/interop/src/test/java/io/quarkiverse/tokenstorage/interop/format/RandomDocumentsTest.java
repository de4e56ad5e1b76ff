package io.quarkiverse.tokenstorage.interop.format;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.interop.exchange.Exchange;
import io.quarkiverse.tokenstorage.interop.exchange.RandomDocuments;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;

/**
 * Random documents from a seed, which is printed; {@code -Dtokenstorage.test.seed=} repeats a run. Many documents share one
 * file, since starting sops takes far longer than its work.
 */
class RandomDocumentsTest {

    private static final List<String> SELECTORS = List.of("unencrypted_suffix: _unencrypted", "encrypted_suffix: _unencrypted",
            "encrypted_regex: '^(token|secret_.*|a)$'", "unencrypted_regex: '(?i)data|b|😀'", "mac_only_encrypted: false");

    @TempDir
    Path directory;

    @Test
    void everyDocumentIsTheSameOnBothSides() {
        long seed = Long.getLong("tokenstorage.test.seed", System.nanoTime());
        int rounds = Integer.getInteger("tokenstorage.test.rounds", 20);
        System.out.println("Random documents: -Dtokenstorage.test.seed=" + seed + " (" + rounds + " files of 50 documents)");
        Sandbox box = Sandbox.in(directory);
        RandomDocuments documents = new RandomDocuments(seed);
        for (int round = 0; round < rounds; round++) {
            String selector = SELECTORS.get(round % SELECTORS.size());
            if (round % 2 == 0) {
                box.ruleFor(box.identity().recipient(), selector);
            } else {
                box.ruleFor(box.identity().recipient(), selector.replace("mac_only_encrypted: false", "aws_profile: x"),
                        "mac_only_encrypted: true");
            }
            byte[] plain = documents.batch(50);
            try {
                Exchange.bothWays(box, plain, "file.json");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Round " + round + " of -Dtokenstorage.test.seed=" + seed + " with " + selector, e);
            }
        }
    }
}
