package io.quarkiverse.tokenstorage.interop.keys.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code enc} member of the only key entry of a document. */
final class AgeEntry {

    private static final Pattern ENC = Pattern.compile("\"enc\": \"([^\"]*)\"");

    private AgeEntry() {
    }

    static String encOf(byte[] document) {
        Matcher matcher = ENC.matcher(new String(document, StandardCharsets.UTF_8));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replace("\\n", "\n");
    }

    static byte[] withEnc(byte[] document, String enc) {
        String escaped = enc.replace("\r", "\\r").replace("\n", "\\n");
        return ENC.matcher(new String(document, StandardCharsets.UTF_8))
                .replaceFirst(Matcher.quoteReplacement("\"enc\": \"" + escaped + "\"")).getBytes(StandardCharsets.UTF_8);
    }
}
