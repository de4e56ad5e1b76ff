package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.tokenstorage.ChildJvm;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

/** Another JVM, whose class path lacks BouncyCastle: what needs it is told, and everything else works. */
class MissingBouncyCastleTest {

    private static final String ADVICE = " need BouncyCastle: add the dependency org.bouncycastle:bcprov-jdk18on";

    @TempDir
    Path home;

    /** Prints the outcome of one attempt for each line. */
    static final class Attempts {

        public static void main(String[] arguments) throws IOException {
            Path home = Path.of(arguments[0]);
            String pqRecipient = arguments[1];
            print(() -> open(home, Map.of("SOPS_AGE_KEY", AgeVectors.IDENTITY)));
            print(() -> open(home, Map.of("SOPS_AGE_KEY", arguments[2] + " " + AgeVectors.IDENTITY)));
            print(() -> open(home, Map.of("SOPS_AGE_KEY", arguments[2])));
            print(() -> open(home, Map.of("SOPS_AGE_KEY_FILE", home.resolve("locked").toString())));
            print(() -> {
                try (AgeKeyService service = AgeVectors.service(home, Map.of())) {
                    return service.masterKey(AgeVectors.description(pqRecipient), "rule").toString();
                }
            });
        }

        private static String open(Path home, Map<String, String> variables) {
            try (AgeKeyService service = AgeVectors.service(home, variables);
                    DataKey key = service.unwrap(AgeVectors.entry(AgeVectors.RECIPIENT, AgeVectors.BY_AGE))) {
                return "opened " + key.bytes().length;
            }
        }

        private static void print(Supplier<String> attempt) {
            try {
                System.out.println(attempt.get());
            } catch (TokenStorageException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void isNamedWhereItIsNeeded() throws Exception {
        byte[] seed = new byte[AdditionalAlgorithms.HYBRID_SEED_LENGTH];
        new SecureRandom().nextBytes(seed);
        String recipient = HybridRecipient.text(new BouncyCastleAlgorithms().hybridPrivateKey(seed).publicKey());
        Files.writeString(home.resolve("locked"), "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n"
                + "A".repeat(43) + "\n--- " + "A".repeat(43) + "\n");
        String classPath = Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
                .filter(path -> !path.contains("bcprov")).collect(Collectors.joining(File.pathSeparator));
        String[] lines;
        try (ChildJvm child = ChildJvm.start(Attempts.class, classPath, home.toString(), recipient,
                Bech32Text.encode("AGE-SECRET-KEY-PQ-", seed))) {
            lines = child.result().split("\n");
        }

        assertThat(lines).hasSize(5);
        assertThat(lines[0]).isEqualTo("opened 32");
        assertThat(lines[1]).isEqualTo("opened 32");
        assertThat(lines[2]).contains("SOPS_AGE_KEY: post-quantum identities (AGE-SECRET-KEY-PQ-1…)" + ADVICE);
        assertThat(lines[3]).contains("locked): identity files under a passphrase" + ADVICE);
        assertThat(lines[4]).isEqualTo("rule: post-quantum recipients (age1pq1…)" + ADVICE
                + " to the application, version 1.86 or newer");
    }
}
