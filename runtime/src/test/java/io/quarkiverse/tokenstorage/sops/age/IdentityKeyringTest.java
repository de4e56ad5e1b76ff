package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class IdentityKeyringTest {

    /** A program prints the identity that it is asked for, and what it printed before counts as well. */
    @Test
    void anUnlockForgetsNothingThatAProgramPrintedBefore() {
        X25519 x25519 = new JdkX25519();
        X25519Identity first = X25519Identity.generate(new SecureRandom(), x25519);
        X25519Identity second = X25519Identity.generate(new SecureRandom(), x25519);
        String firstRecipient = first.recipient();
        String secondRecipient = second.recipient();
        IdentitySource program = IdentitySource.ofOutput("SOPS_AGE_KEY_CMD", IdentitySource.Form.LINES);
        try (IdentityKeyring keyring = new IdentityKeyring(x25519)) {
            keyring.add(program, first.secretText().getBytes(StandardCharsets.UTF_8));
            IdentityKeyring.Content later = keyring.add(program, "# nothing yet".getBytes(StandardCharsets.UTF_8));
            assertThat(later.recipients()).containsExactly(firstRecipient);
            keyring.addUnlocked(later, new IdentityText(List.of(second), List.of()));
            keyring.retain(Set.of(program.name()));
            assertThat(keyring.recipients()).containsExactlyInAnyOrder(firstRecipient, secondRecipient);
            keyring.retain(Set.of());
            assertThat(keyring.recipients()).isEmpty();
            assertThat(keyring.hashes()).isEmpty();
        }
        first.close();
    }
}
