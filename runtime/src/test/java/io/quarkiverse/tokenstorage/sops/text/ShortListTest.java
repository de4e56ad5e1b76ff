package io.quarkiverse.tokenstorage.sops.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ShortListTest {

    private static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "p" + i).toList();
    }

    @Test
    void namesTen() {
        assertThat(ShortList.of(List.of())).isEmpty();
        assertThat(ShortList.of(names(10))).isEqualTo("p1, p2, p3, p4, p5, p6, p7, p8, p9, p10");
        assertThat(ShortList.of(names(3000))).isEqualTo("p1, p2, p3, p4, p5, p6, p7, p8, p9, p10 and 2,990 more");
    }
}
