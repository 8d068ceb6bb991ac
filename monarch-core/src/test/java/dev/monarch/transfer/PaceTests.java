package dev.monarch.transfer;

import com.mongodb.ReadPreference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PaceTests {

    @Test
    void aModeOrARateIsAPace() {
        assertThat(Pace.of("full")).isEqualTo(Pace.FULL);
        assertThat(Pace.of(" GENTLE ")).isEqualTo(Pace.GENTLE);
        assertThat(Pace.of("20mb")).isEqualTo(Pace.FULL.atMost(DataSize.ofMegabytes(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0MB", "-1MB", "20 MB/s"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pace.of(text))
                .withMessage("'" + text + "' is not a pace: use full, gentle, or a maximum rate such as 20MB");
    }

    @ParameterizedTest
    @CsvSource({"primary,primary", "secondary-preferred,secondaryPreferred", "nearest,nearest"})
    void aMemberHasTheNameOfItsReadPreference(String text, String preference) {
        assertThat(Pace.member(text)).isEqualTo(ReadPreference.valueOf(preference));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pace.member("somewhere"))
                .withMessageContaining("secondary-preferred");
    }

    @Test
    void whatIsNotSetComesFromTheDefaults() {
        Pace defaults = Pace.GENTLE.withWorkers(2).atMost(DataSize.ofMegabytes(5));

        assertThat(Pace.DEFAULT.or(defaults)).isEqualTo(defaults);
        assertThat(Pace.FULL.readingFrom(ReadPreference.secondary()).or(defaults))
                .isEqualTo(new Pace(Pace.Mode.FULL, DataSize.ofMegabytes(5), 2, ReadPreference.secondary()));
        assertThat(Pace.DEFAULT.isGentle()).isFalse();
        assertThat(Pace.DEFAULT.member()).isEqualTo(ReadPreference.primary());
    }

    @Test
    void aRateOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pace.FULL.atMost(DataSize.ofBytes(0)))
                .withMessage("The maximum rate must be at least one byte, but is 0B");
    }
}
