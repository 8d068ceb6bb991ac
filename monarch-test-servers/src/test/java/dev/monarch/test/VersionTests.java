package dev.monarch.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VersionTests {

    @ParameterizedTest
    @CsvSource({"4.4,5.0", "5.0,10.0", "5.0.9,5.0.29", "5,5.0.1", "4.4.29-rc1,5.0"})
    void comparesNumberByNumber(String older, String newer) {
        assertThat(Version.of(older)).isLessThan(Version.of(newer));
        assertThat(Version.of(newer)).isGreaterThan(Version.of(older));
    }

    @ParameterizedTest
    @CsvSource({"5,5.0.0", "5.0,5.0.0-rc4", "8.0.1,8.0.1"})
    void missingNumbersAreZeroAndSuffixesDoNotCount(String one, String other) {
        assertThat(Version.of(one)).isEqualByComparingTo(Version.of(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "five", "5.x", "5.", "v5.0"})
    void refusesWhatIsNoVersion(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Version.of(text))
                .withMessage("\"" + text + "\" is no version; write it like \"5.0\"");
    }

    @Test
    void keepsItsText() {
        assertThat(Version.of("5.0.0-rc4")).hasToString("5.0.0-rc4");
    }
}
