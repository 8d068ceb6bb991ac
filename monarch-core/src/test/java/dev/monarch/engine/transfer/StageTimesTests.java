package dev.monarch.engine.transfer;

import org.junit.jupiter.api.Test;

import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.Limit;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

import static org.assertj.core.api.Assertions.assertThat;

class StageTimesTests {

    private final StageTimes times = TransferPace.of(Pace.FULL).times();

    @Test
    void theStageThatWasWaitedForLongestIsFirst() {
        times.add(Stage.SOURCE, 22_000);
        times.add(Stage.COMPRESSOR, 70_000);
        times.add(Stage.SOURCE, 7_500);
        times.add(Stage.STORE, 500);

        assertThat(times.limits())
                .containsExactly(new Limit(Stage.COMPRESSOR, 70), new Limit(Stage.SOURCE, 30))
                .extracting(Limit::toString)
                .containsExactly("compressor 70 %", "source 30 %");
    }

    @Test
    void whatAReaderDidNotWaitIsItsOwnWork() {
        times.read(System.nanoTime() - 100_000_000_000L);
        times.add(Stage.TARGET, 40_000_000_000L);

        assertThat(times.limits()).containsExactly(new Limit(Stage.READER, 60), new Limit(Stage.TARGET, 40));
    }

    @Test
    void withoutDataNothingLimits() {
        assertThat(times.limits()).isEmpty();
    }
}
