package io.quarkiverse.tokenstorage.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What every backend does alike that keeps its tokens in files. */
abstract class CloseableStorageContract extends TokenStorageContract {

    @Override
    abstract CloseableTokenStorage storage();

    @Test
    void isOfNoUseOnceClosed() {
        CloseableTokenStorage closed = storage();
        closed.save("github", TOKEN);
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.load("github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.save("github", TOKEN)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.delete("github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.exists("github")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(closed::providers).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.update("github", current -> current)).isInstanceOf(IllegalStateException.class);
    }
}
