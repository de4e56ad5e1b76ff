package io.quarkiverse.tokenstorage.sops.age;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.KeyEntry;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;

/** Throw-away keys, and what the real programs made with them: age 1.1.1 and sops 3.13.2. */
final class AgeVectors {

    static final String IDENTITY = "AGE-SECRET-KEY-1ZD9XAXTSHJPEMV55V9MPDCAFZVKC5DP0D66N4C6P3Z5XV0ERZE3QSND60H";
    static final String RECIPIENT = "age1ykarmgles4fl5eg39wacy205t3peyx5u3gn3tajkc4c0f07f8pwqhltqa0";

    static final String OTHER_IDENTITY = "AGE-SECRET-KEY-14QNJ2PD343K0ER054EHLDNSCYEGNAJY8F4JRUJEQEYNCRQW42TRQ2WH9XJ";
    static final String OTHER_RECIPIENT = "age1wap3c8jaext3jj6k0v83wh0xfcnt9hax2xn52ey7a9rjkwt6n30sefs49w";

    /** By {@code age -a} for {@link #RECIPIENT}. */
    static final String BY_AGE = """
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBWNVBaamZMMUw0dUFlZ3N0
            R3d3bE5CN3FKbiswSERLS3pmU3RISXJyVkZvCitURlFPOXJmbHJRcFJLTG1rb09I
            TC9VV0dJaVF2SlNDZEp5RWlTSDZTaDAKLS0tIEhwUXN6Z0sxNHNZM1pzeG1tb3BR
            MktVT1NkUVRWQ0Y5NVlmNWhyL1BIOVkK/XAPPe8toPac9EMQNO1OMNn2ru33owFE
            D2s9wfHw2TCyOz5YNf2VY1W2MEdxpkUbDeTwB1HE4WXtvS7YNs8EoQ==
            -----END AGE ENCRYPTED FILE-----
            """;
    static final byte[] BY_AGE_PLAIN = HexFormat.of()
            .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** The {@code enc} of a document by sops for {@link #RECIPIENT}. */
    static final String BY_SOPS = """
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB1dDlGaFo3SkdMMG01OGts
            QmJnVGRBVXllRzI1T3BtV1ZVc3JMUkY0eEV3CmtuZkNKSnZsRnhxYW9KZFE1Wmg0
            RlFjOUlxNkt3OVFWVHFqZHpzRDFvNjgKLS0tIEJxVCtRaGpJV0E3STl0WGRYOVVv
            eE9HaUtqK2NtSURxV1hYeUhQR2VQUUkKKQ2jjkEPjCE4S17Cn29qXr55nE8Zw0r2
            0N3DtOkh9F448KVhcQNp0vSb/SZBZSBOoGK8fiGtEZ1kcXP/pg5zNw==
            -----END AGE ENCRYPTED FILE-----
            """;
    static final byte[] BY_SOPS_PLAIN = HexFormat.of()
            .parseHex("9c83c28b2b348cecbf27094a692e3d462215a9dde1c344c76f04466f30d65035");

    private AgeVectors() {
    }

    static KeyEntry entry(String recipient, String enc) {
        return new KeyEntry(KeyKind.AGE, recipient, enc,
                JsonObject.builder().add("enc", enc).add("recipient", recipient).build());
    }

    static JsonObject description(String recipient) {
        return JsonObject.builder().add("recipient", recipient).build();
    }

    static HostEnvironment environment(Path home, Map<String, String> variables) {
        return new HostEnvironment(variables, home, home.toString(), HostEnvironment.OperatingSystem.LINUX);
    }

    static AgeKeyService service(Path home, Map<String, String> variables) {
        return new AgeKeyService(environment(home, variables), Optional.empty(), new JdkX25519(), new SecureRandom());
    }
}
