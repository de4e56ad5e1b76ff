package io.quarkiverse.tokenstorage.store;

import static io.quarkiverse.tokenstorage.store.DocumentNames.PLAIN;
import static io.quarkiverse.tokenstorage.store.DocumentNames.SOPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;

class DocumentNamesTest {

    @Test
    void namesTheFilesOfAProvider() {
        assertThat(PLAIN.current("github")).isEqualTo("github.token.json");
        assertThat(PLAIN.legacy("github")).isEmpty();
        assertThat(SOPS.current("github")).isEqualTo("github.token.sops.json");
        assertThat(SOPS.legacy("github")).contains("github.sops.json");
        assertThat(DocumentNames.all("github")).containsExactly("github.sops.json", "github.token.json",
                "github.token.sops.json");
    }

    @Test
    void aNameEndingInTokenHasNoLegacyFileSinceItWouldBeAnothersCurrentOne() {
        assertThat(SOPS.legacy("a.token")).isEmpty();
        assertThat(SOPS.legacy("a.TOKEN")).isEmpty();
        assertThat(SOPS.legacy("atoken")).contains("atoken.sops.json");
        assertThat(SOPS.provider("a.token.sops.json")).contains("a");
        assertThat(SOPS.provider("a.token.token.sops.json")).contains("a.token");
        assertThat(SOPS.provider("a.TOKEN.sops.json")).isEmpty();
    }

    @Test
    void keepsTheCodecsApart() {
        assertThat(PLAIN.provider("a.token.sops.json")).isEmpty();
        assertThat(SOPS.provider("a.token.json")).isEmpty();
        assertThat(PLAIN.provider("a.sops.json")).isEmpty();
    }

    @Test
    void recognizesOnlyTokenFiles() {
        for (String name : List.of(".token.json", ".token.sops.json", ".sops.json", ".hidden.token.json", "a.json", "a.token",
                "con.token.json", ".tmp-0011223344556677-0011223344556677", ".lock-0011223344556677", "a b.token.json",
                "a.token.json.bak", ".sops.yaml")) {
            assertThat(DocumentNames.anyProvider(name)).as(name).isEmpty();
        }
    }

    /** Every provider made of up to five of the parts that file names are made of. */
    @Test
    void noTwoProvidersOrCodecsShareAFileEvenIfCaseDoesNotCount() {
        List<String> providers = new ArrayList<>();
        combine("", 5, providers);
        Map<String, String> owners = new HashMap<>();
        for (String provider : providers) {
            for (DocumentNames names : DocumentNames.values()) {
                List<String> files = new ArrayList<>(List.of(names.current(provider)));
                names.legacy(provider).ifPresent(files::add);
                for (String file : files) {
                    assertThat(names.provider(file)).as(file).contains(provider);
                    String owner = names + " of " + provider.toLowerCase(Locale.ROOT);
                    String before = owners.put(file.toLowerCase(Locale.ROOT), owner);
                    assertThat(before).as(file).isIn(null, owner);
                }
            }
        }
        assertThat(owners.size()).isEqualTo(938);
    }

    private static void combine(String prefix, int depth, List<String> into) {
        if (ProviderName.isValid(prefix)) {
            into.add(prefix);
        }
        if (depth > 0) {
            for (String part : List.of("a", ".token", ".TOKEN", ".sops", ".json")) {
                combine(prefix + part, depth - 1, into);
            }
        }
    }
}
