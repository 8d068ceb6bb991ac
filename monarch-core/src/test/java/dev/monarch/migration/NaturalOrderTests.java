package dev.monarch.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.engine.NaturalOrder;

import static org.assertj.core.api.Assertions.assertThat;

class NaturalOrderTests {

    @ParameterizedTest
    @CsvSource({
        "1, 2, -1",
        "2, 10, -1",
        "a2, a10, -1",
        "a10b, a10a, 1",
        "202611201030-x, 202611201031-a, -1",
        "1-a, 01-a, 0",
        "000, 0, 0",
        "a, a1, -1",
        "99999999999999999999998, 99999999999999999999999, -1",
        "1.10, 1.9, 1",
        "V1, v1, -1",
    })
    void digitsAreComparedAsNumbers(String left, String right, int expected) {
        assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(left, right))).isEqualTo(expected);
        assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(right, left))).isEqualTo(-expected);
    }

    @Test
    void theComparisonIsATotalOrder() {
        Random random = new Random(20261120);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            StringBuilder id = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                id.append("01239ab-".charAt(random.nextInt(8)));
            }
            ids.add(id.toString());
        }
        List<String> sorted = new ArrayList<>(ids);
        sorted.sort(NaturalOrder.INSTANCE);
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i; j < sorted.size(); j++) {
                assertThat(NaturalOrder.INSTANCE.compare(sorted.get(i), sorted.get(j)))
                        .as(sorted.get(i) + " ≤ " + sorted.get(j))
                        .isLessThanOrEqualTo(0);
            }
        }
        Collections.shuffle(ids, random);
        ids.sort(NaturalOrder.INSTANCE.thenComparing(String::compareTo));
        sorted.sort(NaturalOrder.INSTANCE.thenComparing(String::compareTo));
        assertThat(ids).isEqualTo(sorted);
    }
}
