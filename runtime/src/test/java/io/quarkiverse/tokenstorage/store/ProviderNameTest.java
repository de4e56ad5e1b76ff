package io.quarkiverse.tokenstorage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.InvalidProviderNameException;

class ProviderNameTest {

    @ParameterizedTest
    @ValueSource(strings = { "a", "7", "github", "GitHub", "my-corp_sso.v2", "a.token", "a.", "a..b", "console", "com10",
            "nulla",
            "x.con" })
    void acceptsTheForm(String name) {
        assertThat(ProviderName.isValid(name)).isTrue();
        assertThat(ProviderName.require(name)).isSameAs(name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", ".hidden", "-x", "_x", "a/b", "a\\b", "../a", "a b", "a\n", "a\u0000", "é", "ａ",
            "a:b",
            "a*", "\u202ea" })
    void refusesEverythingElse(String name) {
        assertThat(ProviderName.isValid(name)).isFalse();
        assertThatThrownBy(() -> ProviderName.require(name)).isInstanceOf(InvalidProviderNameException.class)
                .hasMessageContaining("1 to 128 letters, digits, '.', '_' or '-', starting with a letter or digit");
    }

    @ParameterizedTest
    @ValueSource(strings = { "con", "NUL", "Aux", "prn", "COM1", "lpt9", "nul.x", "Con.fig.y" })
    void refusesTheDevicesOfWindows(String name) {
        assertThat(ProviderName.isValid(name)).isFalse();
        assertThatThrownBy(() -> ProviderName.require(name)).isInstanceOf(InvalidProviderNameException.class)
                .hasMessageContaining("'" + name + "'").hasMessageContaining("Windows");
    }

    @Test
    void allows128Characters() {
        assertThat(ProviderName.isValid("a".repeat(128))).isTrue();
        assertThat(ProviderName.isValid("a".repeat(129))).isFalse();
    }

    @Test
    void showsABadNameInOneShortPrintableLine() {
        assertThatThrownBy(() -> ProviderName.require("a\n\u001b[31mb"))
                .hasMessageStartingWith("Provider name 'a??[31mb' is not allowed");
        assertThatThrownBy(() -> ProviderName.require("/".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    @Test
    void refusesADifferenceInCaseOnly() {
        assertThatThrownBy(() -> ProviderName.requireNoCaseTwin("GitHub", List.of("a", "github")))
                .isInstanceOf(InvalidProviderNameException.class)
                .hasMessage("Provider name 'GitHub' differs from the existing 'github' in case only:"
                        + " use 'github', or choose another name");
        assertThatCode(() -> ProviderName.requireNoCaseTwin("GitHub", List.of("GitHub", "git")))
                .doesNotThrowAnyException();
        assertThatCode(() -> ProviderName.requireNoCaseTwin("GitHub", List.of("github", "GitHub")))
                .doesNotThrowAnyException();
    }
}
