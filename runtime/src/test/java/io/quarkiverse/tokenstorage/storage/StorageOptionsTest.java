package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.age.IdentityUnlocking;
import io.quarkiverse.tokenstorage.sops.kms.ApplicationKms;

class StorageOptionsTest {

    private static final HostEnvironment ENVIRONMENT = new HostEnvironment(Map.of(), Path.of("/work"), "/home/ada",
            OperatingSystem.LINUX);
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final ApplicationKms CLIENTS = region -> Optional.empty();
    private static final LockObserver OBSERVER = (taken, nanos) -> {
    };
    private static final IdentityUnlocking UNLOCKING = IdentityUnlocking.unattended();

    private static StorageOptions all() {
        return StorageOptions.defaults().withLockTimeout(Duration.ofSeconds(1)).withRulesFile(Path.of("rules"))
                .withAgeRecipients(List.of("age1")).withAgeKeyFile(Path.of("keys")).withSopsExecutable("sops")
                .withEnvironment(ENVIRONMENT).withClock(CLOCK).withApplicationKms(CLIENTS)
                .withDataKeyLifetime(Duration.ofSeconds(2)).withIdentityUnlocking(UNLOCKING).withLockObserver(OBSERVER);
    }

    @Test
    void eachChangeKeepsTheOthers() {
        StorageOptions options = all().withLockTimeout(Duration.ZERO);

        assertThat(options.lockTimeout()).isZero();
        assertThat(options.rulesFile()).contains(Path.of("rules"));
        assertThat(options.ageRecipients()).containsExactly("age1");
        assertThat(options.ageKeyFile()).contains(Path.of("keys"));
        assertThat(options.sopsExecutable()).contains("sops");
        assertThat(options.environment()).isSameAs(ENVIRONMENT);
        assertThat(options.clock()).isSameAs(CLOCK);
        assertThat(options.applicationKms()).containsSame(CLIENTS);
        assertThat(options.dataKeyLifetime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.identityUnlocking()).isSameAs(UNLOCKING);
        assertThat(options.lockObserver()).isSameAs(OBSERVER);
    }

    @Test
    void whatWasThereBeforeIsAsItWas() {
        StorageOptions defaults = StorageOptions.defaults();
        List<String> recipients = new ArrayList<>(List.of("age1"));

        StorageOptions changed = defaults.withAgeRecipients(recipients).withSopsExecutable("sops");
        recipients.add("age2");

        assertThat(defaults.ageRecipients()).isEmpty();
        assertThat(defaults.sopsExecutable()).isEmpty();
        assertThat(changed.ageRecipients()).containsExactly("age1");
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        StorageOptions options = StorageOptions.defaults();

        assertThatThrownBy(() -> options.withLockTimeout(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The lock timeout is negative: PT-0.000000001S");
        assertThatThrownBy(() -> options.withDataKeyLifetime(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withRulesFile(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> options.withClock(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> options.withLockObserver(null)).isInstanceOf(NullPointerException.class);
    }
}
