package io.quarkiverse.tokenstorage.devui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtReaderTest {

    private static final String HEADER = encoded("{\"alg\":\"RS256\",\"kid\":\"k\"}");

    @Test
    void readsTheExampleOfTheSpecification() {
        // RFC 7519 section 3.1
        Jwt jwt = JwtReader.read("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").orElseThrow();

        assertThat(jwt.header()).containsExactly(new Claim("typ", "type", "JWT", null),
                new Claim("alg", "algorithm of the signature", "HS256", null));
        assertThat(jwt.claims()).containsExactly(new Claim("iss", "issuer", "joe", null),
                new Claim("exp", "expires", "1300819380", 1_300_819_380_000L),
                new Claim("http://example.com/is_root", null, "true", null));
        assertThat(jwt.note()).contains("not verified");
        assertThat(jwt.toString()).doesNotContain("dBjftJeZ4CVP");
    }

    @Test
    void readsValuesOfAllTypes() {
        Jwt jwt = JwtReader
                .read(token("{\"aud\":[\"a\",\"b\"],\"act\":{\"sub\":\"c\"},\"n\":null,\"f\":1.5,\"t\":\"é😀\",\"e\":{}}"))
                .orElseThrow();

        assertThat(jwt.claims()).extracting(claim -> claim.value().replaceAll("\\s", ""))
                .containsExactly("[\"a\",\"b\"]", "{\"sub\":\"c\"}", "null", "1.5", "é😀", "{}");
    }

    @Test
    void escapesNothingThatOnlyHtmlTakesForMarkup() {
        Jwt jwt = JwtReader.read(token("{\"aud\":[\"a&b\",\"<c>\"],\"act\":{\"x&y\":\"\\\\u0026 \\\" \\n\"}}")).orElseThrow();

        assertThat(jwt.claims()).extracting(claim -> claim.value().replace("\n", ""))
                .containsExactly("[\"a&b\",\"<c>\"]", "{\"x&y\": \"\\\\u0026 \\\" \\n\"}");
    }

    @Test
    void takesForAMomentOnlyWhatIsOne() {
        Jwt jwt = JwtReader.read(token("{\"exp\":1.5,\"nbf\":\"soon\",\"iat\":-1,\"auth_time\":1e300,\"sub\":1300819380}"))
                .orElseThrow();

        assertThat(jwt.claims()).extracting(Claim::moment).containsExactly(1500L, null, null, null, null);
    }

    @Test
    void showsOfAnEncryptedTokenTheHeaderOnly() {
        Jwt jwt = JwtReader.read(encoded("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}") + ".a.b.c.d").orElseThrow();

        assertThat(jwt.header()).extracting(Claim::value).containsExactly("RSA-OAEP", "A256GCM");
        assertThat(jwt.claims()).isEmpty();
        assertThat(jwt.note()).startsWith("Encrypted");
    }

    @Test
    void saysThatThereIsNoSignature() {
        assertThat(JwtReader.read(encoded("{\"alg\":\"none\"}") + "." + encoded("{}") + ".").orElseThrow().note())
                .isEqualTo("Bears no signature");
    }

    @Test
    void showsNoTokenInsideAToken() {
        Jwt jwt = JwtReader.read(token("{\"inner\":\"" + token("{\"sub\":\"x\"}") + "\"}")).orElseThrow();

        assertThat(jwt.claims().get(0).value()).isEqualTo("(another token, not shown)");
    }

    @Test
    void showsNoTokenWhereverItIsInsideAToken() {
        String inner = token("{\"sub\":\"x\"}");
        Jwt jwt = JwtReader.read(token("{\"act\":{\"token\":\"" + inner + "\"},\"list\":[1,[\"" + inner
                + "\"]],\"bearer\":\"Bearer " + inner + ", Bearer x\",\"lines\":[\"a:\\n" + inner + "\"],\"" + inner
                + "\":1,\"dotted\":\"v1." + inner + "\",\"spaced\":\"" + encoded("{ \"alg\":\"none\"}") + ".e30.x\""
                + ",\"host\":\"a.b.example\"}")).orElseThrow();

        assertThat(jwt.toString()).doesNotContain("c2lnbmF0dXJl").doesNotContain(inner.substring(0, 20));
        assertThat(jwt.claims()).extracting(claim -> claim.value().replaceAll("\\s", "")).containsExactly(
                "{\"token\":\"(anothertoken,notshown)\"}", "[1,[\"(anothertoken,notshown)\"]]",
                "Bearer(anothertoken,notshown),Bearerx", "[\"a:\\n(anothertoken,notshown)\"]", "1",
                "v1.(anothertoken,notshown)", "(anothertoken,notshown)", "a.b.example");
    }

    @Test
    void showsNoTokenBehindAnythingElse() {
        String inner = token("{\"sub\":\"x\"}");
        String spaced = encoded("{\n\"alg\":\"none\"}") + ".e30.c2lnbmF0dXJl";
        for (String text : List.of("https://idp.example/logout?id_token_hint=§", "access_token=§&state=1", "tok_§", "sid-§",
                "v1§",
                "eyey§", "keyeyJ.ey§", "x=§.§", "a.b_§", "$1\\§")) {
            String shown = text.replace("§", "(another token, not shown)").replaceFirst("shown\\)\\.\\(.*", "shown)");
            for (String jwt : List.of(inner, spaced, inner.replace(".", "%2E"), inner.replace(".", "%2e"))) {
                assertThat(TokenMask.hide(text.replace("§", jwt))).as(text).isEqualTo(shown);
            }
        }
        for (String text : List.of("https://money.example/eye.html?key=eyes.wide", "v1.2%2Ebeyond.key", "they.say",
                "100%2E5")) {
            assertThat(TokenMask.hide(text)).isEqualTo(text);
        }
    }

    @Test
    @Timeout(20)
    void searchesLongTextsInBoundedTime() {
        String hidden = "(another token, not shown)";
        for (String text : List.of("ey".repeat(60_000), "eyJh".repeat(30_000), encoded("{\"a\":".repeat(20_000)))) {
            String masked = TokenMask.hide(text + "." + text + ".x");
            assertThat(masked).endsWith(hidden).hasSizeLessThan(4 * text.length());
            assertThat(TokenMask.hide((text.substring(0, 40) + ".x ").repeat(3_000))).hasSizeLessThan(3_000 * 80);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "opaque", "a.b", "a.b.c", "..", "....", "gho_16C7e42F292c6912E7710c838347Ae178B4a.x.y",
            "e30.e30.", "eyJhbGciOjF9.e30.x", "W10.e30.x", "ZW5vdWdo.ZW5vdWdo.x" })
    void takesNothingElseForAJwt(String token) {
        assertThat(JwtReader.read(token)).isEmpty();
    }

    @Test
    void isNotMovedByHostileInput() {
        assertThat(JwtReader.read(HEADER + "." + encoded("{\"a\":".repeat(20_000)) + ".s")).isEmpty();
        assertThat(JwtReader.read(HEADER + "." + "A".repeat(500_000) + ".s")).isEmpty();
        assertThat(JwtReader.read(".".repeat(100_000))).isEmpty();
        assertThat(JwtReader.read(HEADER + ".gICA.s")).as("not UTF-8").isEmpty();

        Jwt many = JwtReader.read(token("{" + "\"a\":1,".repeat(5_000) + "\"b\":2}")).orElseThrow();
        assertThat(many.claims()).hasSize(201).last().isEqualTo(new Claim("…", null, "4801 more", null));
        Jwt longOne = JwtReader.read(token("{\"a\":\"" + "x".repeat(1_999) + "😀😀\"}")).orElseThrow();
        assertThat(longOne.claims().get(0).value()).isEqualTo("x".repeat(1_999) + "…");
    }

    private static String token(String claims) {
        return HEADER + "." + encoded(claims) + ".c2lnbmF0dXJl";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
