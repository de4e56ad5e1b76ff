package io.quarkiverse.tokenstorage.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

class DecryptionOrderTest {

    private static final JsonObject TOKEN = JsonObject.builder().add("access_token", "secret").build();

    private final OwnedKeyService age = new OwnedKeyService(KeyKind.AGE);
    private final OwnedKeyService pgp = new OwnedKeyService(KeyKind.PGP);
    private final OwnedKeyService kms = new OwnedKeyService(KeyKind.KMS);

    private static DecryptionOrder order(String variable) {
        return DecryptionOrder.of(new HostEnvironment(Map.of("SOPS_DECRYPTION_ORDER", variable), Path.of("/"), "?",
                OperatingSystem.LINUX));
    }

    private InProcessEngine engine(DecryptionOrder order, DataKeyCache cache) {
        return new InProcessEngine(List.of(age, pgp, kms), order, Clock.systemUTC(), new SecureRandom(), cache);
    }

    private byte[] encrypted(InProcessEngine engine) {
        List<MasterKey> keys = List.of(age.key("a1"), pgp.key("P1"), kms.key("k1"), age.key("a2"), pgp.key("P2"),
                kms.key("k2"));
        CreationRule rule = new CreationRule("test", List.of(keys), 0, Optional.empty(), false, -1);
        try (PreparedEncryption encryption = engine.prepare(rule)) {
            return encryption.encrypt(TOKEN);
        }
    }

    /** Nothing opens, so that the message tells the order of all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''                 | a1 a2 P1 P2 k1 k2",
            "age,pgp            | a1 a2 P1 P2 k1 k2",
            "pgp                | P1 P2 k1 k2 a1 a2",
            "kms,age            | k1 k2 a1 a2 P1 P2",
            "hc_vault,pgp,x,age | P1 P2 a1 a2 k1 k2",
            "unknown            | k1 k2 P1 P2 a1 a2",
            "'age, pgp'         | a1 a2 k1 k2 P1 P2",
            "AGE,PGP            | k1 k2 P1 P2 a1 a2",
            "'pgp,,kms'         | P1 P2 k1 k2 a1 a2" })
    void isThatOfSops(String variable, String expected) {
        InProcessEngine engine = engine(order(variable), DataKeyCache.off());
        byte[] file = encrypted(engine);
        StringBuilder tried = new StringBuilder();
        assertThatThrownBy(() -> engine.decrypt(file, "f")).isInstanceOf(DataKeyUnavailableException.class)
                .satisfies(e -> Pattern.compile("(?:age|pgp|kms) (\\w+): not mine").matcher(e.getMessage())
                        .results().forEach(match -> tried.append(match.group(1)).append(' ')));
        // Five reasons are told
        assertThat(expected).startsWith(tried.toString().strip());
        assertThat(tried.toString().split(" ")).hasSize(5);
    }

    @Test
    void anotherOrderAsksOthersFirst() {
        byte[] file = encrypted(engine(DecryptionOrder.DEFAULT, DataKeyCache.off()));
        age.own("a1", "a2");
        kms.own("k1", "k2");
        assertThat(engine(order("kms"), DataKeyCache.off()).decrypt(file, "f")).isEqualTo(TOKEN);
        assertThat(age.asked).isEmpty();
        assertThat(kms.asked).containsExactly("k1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "age,age", "age,pgp,age", "x,x", ",", "age,,pgp,", "\u202e,\u202e" })
    void aNameTwiceIsRefusedCachedOrNot(String variable) {
        DataKeyCache cache = new DataKeyCache(DataKeyCache.DEFAULT_CAPACITY, DataKeyCache.DEFAULT_LIFETIME, Clock.systemUTC());
        InProcessEngine engine = engine(order(variable), cache);
        byte[] file = encrypted(engine);
        assertThatThrownBy(() -> engine.decrypt(file, "f")).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("SOPS_DECRYPTION_ORDER names '").hasMessageContaining("twice")
                .hasMessageNotContaining("\u202e");
    }
}
