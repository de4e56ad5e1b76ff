package io.quarkiverse.tokenstorage.sops.age;

import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.IDENTITY;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.OTHER_IDENTITY;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.OTHER_RECIPIENT;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.RECIPIENT;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.description;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.entry;
import static io.quarkiverse.tokenstorage.sops.age.AgeVectors.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.json.JsonMember;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.value.DataKey;

class AgeKeyServiceTest {

    @TempDir
    Path home;

    @Test
    void opensWhatTheRealProgramsWrote() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY))) {
            assertThat(service.unwrap(entry(RECIPIENT, AgeVectors.BY_AGE)).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            assertThat(service.unwrap(entry(RECIPIENT, AgeVectors.BY_SOPS)).bytes()).isEqualTo(AgeVectors.BY_SOPS_PLAIN);
        }
    }

    @Test
    void opensWhateverTheRecipientFieldSays() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", OTHER_IDENTITY + "\n" + IDENTITY))) {
            for (String recipient : new String[] { OTHER_RECIPIENT, "", "ssh-ed25519 AAAA", "age1pq1x" }) {
                assertThat(service.unwrap(entry(recipient, AgeVectors.BY_AGE)).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            }
        }
    }

    @Test
    void toleratesTheBlanksThatAgeTolerates() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY))) {
            for (String enc : new String[] { AgeVectors.BY_AGE.replace("\n", "\r\n"), AgeVectors.BY_AGE.strip(),
                    " \n\t\r\n" + AgeVectors.BY_AGE + "\n\n  \n", AgeVectors.BY_AGE + " ".repeat(1000) }) {
                assertThat(service.unwrap(entry(RECIPIENT, enc)).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
            }
        }
    }

    @Test
    void wrapsInTheFormOfSops() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY));
                DataKey dataKey = DataKey.random(new SecureRandom())) {
            KeyEntry entry = service.masterKey(description(" " + RECIPIENT + "\t"), "test").wrap(dataKey);

            assertThat(entry.kind()).isEqualTo(KeyKind.AGE);
            assertThat(entry.identity()).isEqualTo(RECIPIENT);
            assertThat(entry.fields().members()).containsExactly(new JsonMember("enc", new JsonString(entry.enc())),
                    new JsonMember("recipient", new JsonString(RECIPIENT)));
            assertThat(entry.enc().lines()).hasSize(7).first().isEqualTo("-----BEGIN AGE ENCRYPTED FILE-----");
            assertThat(entry.enc()).hasSameSizeAs(AgeVectors.BY_SOPS).endsWith("\n-----END AGE ENCRYPTED FILE-----\n");
            try (DataKey opened = service.unwrap(entry)) {
                assertThat(opened.bytes()).isEqualTo(dataKey.bytes());
            }
            assertThat(service.masterKey(description(RECIPIENT), "test").wrap(dataKey).enc()).isNotEqualTo(entry.enc());
        }
    }

    @Test
    void wrapsSharesOfDataKeysToo() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY));
                DataKey share = DataKey.owning(HexFormat.of().parseHex("42".repeat(33)))) {
            KeyEntry entry = service.masterKey(description(RECIPIENT), "test").wrap(share);
            assertThat(service.unwrap(entry).bytes()).isEqualTo(share.bytes());
        }
    }

    /** Not one of them may answer anything but the data key, "damaged" or "no key". */
    @Test
    void noticesEveryChangedCutOrAddedByte() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY))) {
            byte[] file = Base64.getMimeDecoder().decode(AgeVectors.BY_AGE.replaceAll("-----.*-----", ""));
            assertOpensOrFailsProperly(service, AgeArmor.encode(file), true);
            for (int i = 0; i < file.length; i++) {
                for (int change : new int[] { 1, 0x20, 0x80 }) {
                    byte[] changed = file.clone();
                    changed[i] ^= (byte) change;
                    assertOpensOrFailsProperly(service, AgeArmor.encode(changed), false);
                }
                assertOpensOrFailsProperly(service, AgeArmor.encode(Arrays.copyOf(file, i)), false);
            }
            assertOpensOrFailsProperly(service, AgeArmor.encode(Arrays.copyOf(file, file.length + 1)), false);
            for (int i = 0; i < AgeVectors.BY_AGE.length() - 1; i++) {
                String before = AgeVectors.BY_AGE.substring(0, i);
                String after = AgeVectors.BY_AGE.substring(i + 1);
                assertOpensOrFailsProperly(service, before + after, false);
                assertOpensOrFailsProperly(service, before, false);
                assertOpensOrFailsProperly(service, before + "\u0000" + after, false);
                assertOpensOrFailsProperly(service, before + "\u20ac" + after, false);
            }
        }
    }

    private static void assertOpensOrFailsProperly(AgeKeyService service, String enc, boolean opens) {
        KeyEntry entry = entry(RECIPIENT, enc);
        if (opens) {
            assertThat(service.unwrap(entry).bytes()).isEqualTo(AgeVectors.BY_AGE_PLAIN);
        } else {
            assertThatThrownBy(() -> service.unwrap(entry)).as(enc)
                    .isInstanceOfAny(DamagedDocumentException.class, DataKeyUnavailableException.class)
                    .hasMessageContaining(RECIPIENT);
        }
    }

    @Test
    void answersDamagedIfTheRightIdentityDoesNotOpen() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", OTHER_IDENTITY))) {
            assertThatThrownBy(() -> service.unwrap(entry(OTHER_RECIPIENT, AgeVectors.BY_AGE)))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("the identity it is for");
            assertThatThrownBy(() -> service.unwrap(entry(RECIPIENT, AgeVectors.BY_AGE)))
                    .isInstanceOf(DataKeyUnavailableException.class).hasMessageStartingWith("age: no identity matched")
                    .hasMessageContaining("SOPS_AGE_KEY").hasMessageContaining("keys.txt");
        }
    }

    @Test
    void refusesAPayloadThatIsNoDataKey() throws Exception {
        SecureRandom random = new SecureRandom();
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY))) {
            for (int length : new int[] { 0, 31, 34, 200 }) {
                byte[] file = AgeFile.encrypt(new byte[length],
                        X25519Recipient.parse(RECIPIENT, new JdkX25519(), random), random);
                assertThatThrownBy(() -> service.unwrap(entry(RECIPIENT, AgeArmor.encode(file))))
                        .isInstanceOf(DamagedDocumentException.class);
            }
        }
    }

    @Test
    void refusesARecipientOfSmallOrder() {
        try (AgeKeyService service = service(home, Map.of()); DataKey dataKey = DataKey.random(new SecureRandom())) {
            String recipient = X25519Recipient.text(new byte[32]);
            assertThatThrownBy(() -> service.masterKey(description(recipient), "test").wrap(dataKey))
                    .isInstanceOf(StorageNotConfiguredException.class).hasMessageContaining(recipient);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            age1pq1qqqqqqqqqqqqqqqqqqqqqq | malformed age recipient
            age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t | auth.storage.sops.engine=executable
            age1tag1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t | recipients of age plugins
            ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW comment | cut off
            ssh-ed25519 | in one line
            ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIIixzZyTkXKhaYkPXHqAPvkOGwqGuLzGA0HZGSwXTFlG | another type
            ssh-dss AAAAB3NzaC1kc3MA | all that age can use
            ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIixzZyTkXKhaYkPXHqAPvkOGwqGuLzGA0HZGSwXTFl* | not Base64
            AGE1YKARMGLES4FL5EG39WACY205T3PEYX5U3GN3TAJKC4C0F07F8PWQHLTQA0 | lower case
            Age1ykarmgles4fl5eg39wacy205t3peyx5u3gn3tajkc4c0f07f8pwqhltqa0 | lower case
            sk-ssh-ed25519@openssh.com AAAA | unknown recipient type
            85D77543B3D624B63CEA9E6DBC17301B491B3F21 | unknown recipient type
            '' | empty
            age1ykarmgles4fl5eg39wacy205t3peyx5u3gn3tajkc4c0f07f8pwqhltqa | malformed age recipient
            age1ykarmgles4fl5eg39wacy205t3peyx5u3gn3tajkc4c0f07f8pwqhltqa9 | malformed age recipient
            age1ykarmgles4fl5eg39wacy205t3peyx5u3gn3tajkc4c0f07f8pwqhltqaO | malformed age recipient
            age1 | malformed age recipient
            age1ykarmgles4fl5eg39wacy205t3peyx5u3gn3tajkc4c0f07f8pwqhltqa0,x | malformed age recipient
            """)
    void namesWhatIsWrongWithARecipient(String recipient, String problem) {
        try (AgeKeyService service = service(home, Map.of())) {
            assertThatThrownBy(() -> service.masterKey(description(recipient), "/r/.sops.yaml, rule 3"))
                    .isInstanceOf(StorageNotConfiguredException.class).hasMessageStartingWith("/r/.sops.yaml, rule 3: ")
                    .hasMessageContaining(problem).hasNoCause();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "%s", "%s garbage", "key=%s", "x%sx" })
    void neverQuotesASecretKeyThatWasTakenForARecipient(String form) {
        try (AgeKeyService service = service(home, Map.of())) {
            for (String secret : new String[] { IDENTITY, IDENTITY.toLowerCase(Locale.ROOT),
                    IDENTITY.substring(16) }) {
                assertThatThrownBy(() -> service.masterKey(description(form.formatted(secret)), "w"))
                        .isInstanceOf(StorageNotConfiguredException.class).hasNoCause()
                        .message().doesNotContainIgnoringCase(IDENTITY.substring(16, 30));
            }
        }
    }

    @Test
    void isOfNoUseOnceClosed() {
        AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY));
        service.unwrap(entry(RECIPIENT, AgeVectors.BY_AGE)).close();
        service.close();
        service.close();
        assertThatThrownBy(() -> service.unwrap(entry(RECIPIENT, AgeVectors.BY_AGE)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void boundsWhatItDecodes() {
        try (AgeKeyService service = service(home, Map.of("SOPS_AGE_KEY", IDENTITY))) {
            String huge = "-----BEGIN AGE ENCRYPTED FILE-----\n" + (Base64.getEncoder().encodeToString(new byte[48]) + "\n")
                    .repeat(20_000) + "-----END AGE ENCRYPTED FILE-----\n";
            assertThatThrownBy(() -> service.unwrap(entry(RECIPIENT, huge))).isInstanceOf(DamagedDocumentException.class)
                    .message().hasSizeLessThan(400);
            byte[] plain = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> service.unwrap(entry(RECIPIENT, new String(plain, StandardCharsets.US_ASCII))))
                    .isInstanceOf(DamagedDocumentException.class).hasMessageContaining("armor");
        }
    }
}
