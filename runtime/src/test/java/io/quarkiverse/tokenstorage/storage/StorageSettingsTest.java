package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.storage.StorageSettings.Texts;

class StorageSettingsTest {

    private static final HostEnvironment ENVIRONMENT = new HostEnvironment(Map.of("HOME", "/home/ada"), Path.of("/work"),
            "/nowhere", OperatingSystem.LINUX);

    @Test
    void withoutAnySettingTokensAreInTheHomeDirectory() {
        StorageSettings settings = settings(Texts.NONE);

        assertThat(settings.sopsDirectory()).isEqualTo(Path.of("/home/ada/.config/kstlib/auth/tokens"));
        assertThat(settings.fileDirectory()).isEqualTo(settings.sopsDirectory());
        assertThat(settings.options().lockTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.options().rulesFile()).isEmpty();
        assertThat(settings.options().ageKeyFile()).isEmpty();
        assertThat(settings.options().dataKeyLifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.options().ageRecipients()).isEmpty();
        assertThat(settings.options().environment()).isSameAs(ENVIRONMENT);
    }

    @Test
    void pathsAreResolvedAgainstHomeAndWorkingDirectory() {
        StorageSettings settings = settings(new Texts(Optional.of("tokens"), Optional.of("~/tokens"), Optional.of("250ms"),
                Optional.of("rules.yaml"), List.of("age1abc"), Optional.of("~/keys.txt"), Optional.of("1h"),
                Optional.of("built-in"),
                Optional.empty()));

        assertThat(settings.fileDirectory()).isEqualTo(Path.of("/work/tokens"));
        assertThat(settings.sopsDirectory()).isEqualTo(Path.of("/home/ada/tokens"));
        StorageOptions options = settings.options();
        assertThat(options.lockTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(options.rulesFile()).contains(Path.of("/work/rules.yaml"));
        assertThat(options.ageRecipients()).containsExactly("age1abc");
        assertThat(options.dataKeyLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(options.ageKeyFile()).contains(Path.of("/home/ada/keys.txt"));
    }

    @Test
    void eachProviderHasItsBackend() {
        StorageSettings settings = new StorageSettings("sops", Map.of("github", "file"), Optional.empty(), Texts.NONE,
                ENVIRONMENT);

        assertThat(settings.backendOf("github")).isEqualTo("file");
        assertThat(settings.backendOf("corporate")).isEqualTo("sops");
    }

    @ParameterizedTest
    @CsvSource({ "10s, PT10S", "500ms, PT0.5S", "2m, PT2M", "1h, PT1H", "1d, P1D", "7, PT7S", "' 3 s ', PT3S",
            "PT1M30S, PT1M30S", "pt0.1s, PT0.1S", "0, PT0S" })
    void durationsAreUnderstood(String text, Duration duration) {
        assertThat(settings(lockTimeout(text)).options().lockTimeout()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = { "soon", "10 parsecs", "1.5s", "", "-", "99999999999999999999s", "PT99999999999999999999S",
            "10S0" })
    void whatIsNoDurationIsRefusedNamingTheKeyWhenItIsUsed(String text) {
        StorageSettings settings = settings(lockTimeout(text));

        assertThat(settings.sopsDirectory()).isAbsolute();
        assertThatThrownBy(settings::options).isInstanceOf(StorageNotConfiguredException.class).hasMessage(
                "auth.storage.lock-timeout: '%s' is not a duration; write one like 10s, 500ms or PT1M".formatted(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "-PT1S", "2d", "PT24H1S" })
    void aWaitOutOfBoundsIsRefused(String text) {
        assertThatThrownBy(settings(lockTimeout(text))::options).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessage("auth.storage.lock-timeout: '%s' is not between 0 and 1 day".formatted(text));
    }

    @Test
    void theLifetimeOfDataKeysIsADurationToo() {
        assertThat(settings(dataKeyLifetime("0")).options().dataKeyLifetime()).isZero();
        assertThatThrownBy(settings(dataKeyLifetime("never"))::options).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("auth.storage.sops.data-key-lifetime: 'never' is not a duration");
    }

    @Test
    void anotherEngineIsRefusedWhenItIsUsed() {
        assertThatThrownBy(settings(engine("turbo"))::options).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessage("auth.storage.sops.engine: 'turbo' is not an engine; write built-in or executable");
    }

    @Test
    void theEngineOutsideThisProcessIsAProgram() {
        assertThat(settings(Texts.NONE).options().sopsExecutable()).isEmpty();
        assertThat(settings(engine("built-in")).options().sopsExecutable()).isEmpty();
        assertThat(settings(engine("executable")).options().sopsExecutable()).contains("sops");
        assertThat(settings(executable("/opt/sops")).options().sopsExecutable()).contains("/opt/sops");
        assertThat(settings(executable("./sops")).options().sopsExecutable()).contains("./sops");
        assertThat(settings(executable("~/bin/sops")).options().sopsExecutable()).contains("/home/ada/bin/sops");
    }

    @Test
    void aDirectoryThatIsNoPathOrNeedsAMissingHomeNamesItsKey() {
        StorageSettings settings = settings(new Texts(Optional.of("a\0b"), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThatThrownBy(settings::fileDirectory).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("auth.storage.file.directory: ");

        HostEnvironment homeless = new HostEnvironment(Map.of(), Path.of("/work"), "?", OperatingSystem.LINUX);
        StorageSettings withoutHome = new StorageSettings("sops", Map.of(), Optional.empty(), Texts.NONE, homeless);
        assertThatThrownBy(withoutHome::sopsDirectory).isInstanceOf(StorageNotConfiguredException.class)
                .hasMessageStartingWith("auth.storage.sops.directory: There is no usable home directory");
    }

    @Test
    void theHomeOfAnotherUserIsNotTakenForANameInTheWorkingDirectory() {
        assertThatThrownBy(settings(fileDirectory("~bob/tokens"))::fileDirectory)
                .isInstanceOf(StorageNotConfiguredException.class)
                .hasMessage(
                        "auth.storage.file.directory: '~bob/tokens' seems to be in the home directory of another user, which"
                                + " is not looked up; write the whole path, or './~bob/tokens' for a name that begins with '~'");
        assertThat(settings(fileDirectory("./~bob")).fileDirectory()).isEqualTo(Path.of("/work/~bob"));
        assertThat(settings(fileDirectory("~")).fileDirectory()).isEqualTo(Path.of("/home/ada"));
    }

    private static Texts fileDirectory(String text) {
        return new Texts(Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Texts lockTimeout(String text) {
        return new Texts(Optional.empty(), Optional.empty(), Optional.of(text), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Texts dataKeyLifetime(String text) {
        return new Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty());
    }

    private static Texts engine(String text) {
        return new Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.of(text), Optional.empty());
    }

    private static Texts executable(String program) {
        return new Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.of("executable"), Optional.of(program));
    }

    private static StorageSettings settings(Texts texts) {
        return new StorageSettings("sops", Map.of(), Optional.empty(), texts, ENVIRONMENT);
    }
}
