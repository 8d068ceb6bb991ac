package dev.monarch.test;

import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseNameTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "aVeryLongNameOfATestMethodThatSaysMoreThanADatabaseNameCanHold",
                "größer_als$1",
                "",
            })
    void isLegalAndShortEnoughForAtlas(String method) {
        assertThat(DatabaseName.next(method)).matches("t_[a-z0-9_]+").hasSizeLessThanOrEqualTo(DatabaseName.MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same", "aVeryLongNameOfATestMethodThatSaysMoreThanADatabaseNameCanHold"})
    void isNeverUsedTwice(String method) {
        assertThat(IntStream.range(0, 10_000).mapToObj(i -> DatabaseName.next(method)))
                .doesNotHaveDuplicates();
    }
}
