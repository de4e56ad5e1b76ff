package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.exceptionfactory.jagged.RecipientStanza;

class IdentityUnlockingTest {

    private long now = Long.MAX_VALUE - 5;
    private String answer = "right";
    private int asked;

    private final IdentityUnlocking unlocking = new IdentityUnlocking((identity, attempt) -> {
        asked++;
        return Optional.of(answer.toCharArray());
    }, () -> now);

    private final LockedIdentities locked = new LockedIdentities() {
        @Override
        public String label() {
            return "keys.txt";
        }

        @Override
        public Optional<SshPublicKey> publicKey() {
            return Optional.empty();
        }

        @Override
        public boolean mayOpen(List<RecipientStanza> stanzas) {
            return true;
        }

        @Override
        public void requireUsable() {
            // It is
        }

        @Override
        public byte[] decrypt(byte[] passphrase) throws GeneralSecurityException {
            if (!new String(passphrase).equals("right")) {
                throw new WrongPassphraseException();
            }
            return new byte[] { 1, 2, 3 };
        }

        @Override
        public IdentityText read(byte[] plain) {
            throw new UnsupportedOperationException();
        }
    };

    private byte[] open(int hash) throws LockedIdentityException {
        return unlocking.open(locked, new byte[] { (byte) hash });
    }

    @Test
    void asksAgainAMinuteAfterAWrongAnswer() throws LockedIdentityException {
        answer = "wrong";
        Throwable first = catchThrowable(() -> open(1));
        assertThat(first).isInstanceOf(LockedIdentityException.class).hasMessage("keys.txt: wrong passphrase");
        answer = "right";
        now += Duration.ofSeconds(59).toNanos();
        assertThat(catchThrowable(() -> open(1))).hasMessage("keys.txt: wrong passphrase").isNotSameAs(first);
        assertThat(asked).isEqualTo(3);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(open(1)).containsExactly(1, 2, 3);
        assertThat(open(1)).containsExactly(1, 2, 3);
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void asksAnewForWhatWasForgotten() throws LockedIdentityException {
        open(1)[0] = 9;
        assertThat(open(1)).as("the caller has a copy").containsExactly(1, 2, 3);
        unlocking.forget(ByteBuffer.wrap(new byte[] { 2 }));
        open(1);
        assertThat(asked).isEqualTo(1);
        unlocking.forget(ByteBuffer.wrap(new byte[] { 1 }));
        open(1);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void remembersSoMuchAndNoMore() throws LockedIdentityException {
        for (int i = 0; i <= 64; i++) {
            open(i);
        }
        open(1);
        assertThat(asked).isEqualTo(65);
        open(0);
        assertThat(asked).isEqualTo(66);
    }

    @Test
    void remembersNothingOnceClosed() throws LockedIdentityException {
        open(1);
        unlocking.close();
        open(1);
        open(1);
        assertThat(asked).isEqualTo(3);
        answer = "wrong";
        assertThatThrownBy(() -> open(1)).isInstanceOf(LockedIdentityException.class);
    }
}
