package io.quarkiverse.tokenstorage.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    @Test
    void splitsAsTheLibraryOfSops() {
        assertThat(ShellWords.split("")).isEmpty();
        assertThat(ShellWords.split(" \t\r\n ")).isEmpty();
        assertThat(ShellWords.split("one two")).containsExactly("one", "two");
        assertThat(ShellWords.split("  'a b'\"c d\"e\\ f  ''")).containsExactly("a bc de f", "");
        assertThat(ShellWords.split("\"a\\\"b\\n\" 'c\\'")).containsExactly("a\"bn", "c\\");
        assertThat(ShellWords.split("a#b # comment 'x\nc")).containsExactly("a#b", "c");
        assertThat(ShellWords.split("$HOME *.txt a|b;c")).containsExactly("$HOME", "*.txt", "a|b;c");
        assertThat(ShellWords.split("C:\\\\keys\\\\k.exe")).containsExactly("C:\\keys\\k.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = { "'a", "\"a", "a\\", "\"a\\", "a 'b\"" })
    void refusesWhatIsNotClosed(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> ShellWords.split(line));
    }
}
