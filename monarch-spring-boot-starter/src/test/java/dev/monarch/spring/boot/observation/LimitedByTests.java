package dev.monarch.spring.boot.observation;

import java.time.Duration;
import java.util.List;

import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.monarch.backup.VerificationReport;
import dev.monarch.transfer.TransferProgress.Limit;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedByTests {

    @Test
    void aTraceSaysWhatLimitedATransfer() {
        List<Limit> limits = List.of(new Limit(Stage.STORE, 80), new Limit(Stage.READER, 20));
        VerificationReport report =
                new VerificationReport("nightly", 1, 10, 100, List.of(), List.of(), limits, Duration.ZERO);

        assertThat(keyValues(report)).contains(KeyValue.of("monarch.limited.by", "store 80 %, reader 20 %"));
        assertThat(keyValues(null)).contains(KeyValue.of("monarch.limited.by", "none"));
    }

    private static Iterable<KeyValue> keyValues(@Nullable Object result) {
        MonarchObservationContext context = new MonarchObservationContext("verification", null, "nightly");
        context.setResult(result);
        return new DefaultMonarchObservationConvention().getHighCardinalityKeyValues(context);
    }
}
