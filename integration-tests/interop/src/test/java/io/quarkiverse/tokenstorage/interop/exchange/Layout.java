package io.quarkiverse.tokenstorage.interop.exchange;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What remains of an encrypted document when everything random is taken out: two programs that encrypt the same document
 * must agree on every other byte. Kept of an encrypted value: the length of its data, IV and tag, and its type.
 */
public final class Layout {

    private static final Pattern VALUE = Pattern
            .compile("ENC\\[AES256_GCM,data:([A-Za-z0-9+/=]+),iv:([A-Za-z0-9+/=]+),tag:([A-Za-z0-9+/=]+),type:([a-z]+)]");
    /** One recipient line of an age file is random in content but fixed in length; so are the armored lines after it. */
    private static final Pattern ENC = Pattern.compile("(\"enc\": \"-----BEGIN AGE ENCRYPTED FILE-----)([^\"]*)(-----END)");
    /** Here not even the length is fixed: numbers lack their leading zeros. The form of the armor is. */
    private static final Pattern PGP_ENC = Pattern.compile("\"enc\": \"-----BEGIN PGP MESSAGE-----\\\\n\\\\n"
            + "(?:[A-Za-z0-9+/]{64}\\\\n)*[A-Za-z0-9+/=]{1,64}\\\\n=[A-Za-z0-9+/]{4}\\\\n-----END PGP MESSAGE-----\"");
    /** A key wrapped by AWS KMS: as long as another one by the same key. */
    private static final Pattern WRAPPED = Pattern.compile("(\"enc\": \")([A-Za-z0-9+/]+=*)\"");
    private static final Pattern TIME = Pattern
            .compile("(\"(?:lastmodified|created_at)\": \")\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"");

    private Layout() {
    }

    public static String of(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        text = VALUE.matcher(text).replaceAll(value -> Matcher.quoteReplacement("ENC[data " + value.group(1).length() + " iv "
                + value.group(2).length() + " tag " + value.group(3).length() + " " + value.group(4) + "]"));
        text = ENC.matcher(text).replaceAll(enc -> Matcher
                .quoteReplacement(enc.group(1) + enc.group(2).replaceAll("[A-Za-z0-9+/]", "x") + enc.group(3)));
        text = PGP_ENC.matcher(text).replaceAll("\"enc\": \"PGP MESSAGE\"");
        text = WRAPPED.matcher(text).replaceAll(enc -> Matcher.quoteReplacement(enc.group(1) + enc.group(2).length() + "\""));
        return TIME.matcher(text).replaceAll("$1now\"");
    }
}
