package dev.monarch.replacement;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.copy.CopyRequest;
import dev.monarch.rehearsal.RehearsalRequest;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Requests have the values that were set, and are immutable. */
class ReplacementRequestTests {

    private static final CollectionSelection DOGS = new CollectionSelection(List.of("dogs"), List.of());

    private final RestoreRequest whole = RestoreRequest.of(BackupSource.stored("nightly"), "staging");

    @Test
    void everyChangeReturnsANewRequest() {
        TransferListener listener = progress -> {};

        RestoreRequest changed = whole.selecting(DOGS)
                .partialInto("staging")
                .onDuplicate(OnDuplicate.REPORT)
                .indexed(IndexChoice.NONE)
                .verified(Verification.FULL)
                .paced(Pace.GENTLE.withWorkers(2))
                .reportingTo(listener)
                .acceptingLostWrites()
                .replacingTimeSeries()
                .inPlace()
                .parkingTimeToLive()
                .keepingHistory()
                .allowingEmpty()
                .ofDatabase("shop");

        assertThat(changed.selection()).isEqualTo(DOGS);
        assertThat(changed.partialInto()).isEqualTo("staging");
        assertThat(changed.load()).isEqualTo(new LoadOptions(OnDuplicate.REPORT, IndexChoice.NONE, Verification.FULL));
        assertThat(changed.pace()).isEqualTo(new Pace(Pace.Mode.GENTLE, null, 2, null));
        assertThat(changed.options()).containsExactlyInAnyOrder(Option.values());
        assertThat(changed.database()).isEqualTo("shop");
        assertThat(changed.listener()).isSameAs(listener);
        assertThat(changed.environment()).isEqualTo("staging");
        assertThat(whole.selection()).isEqualTo(CollectionSelection.ALL);
        assertThat(whole.partialInto()).isNull();
        assertThat(whole.load()).isEqualTo(LoadOptions.DEFAULT);
        assertThat(whole.options()).isEmpty();
        assertThat(whole.pace()).isEqualTo(Pace.DEFAULT);
        assertThat(whole.database()).isNull();
        assertThat(whole.listener()).isSameAs(TransferListener.NONE);
    }

    @Test
    void theOptionsOfARequestAreImmutable() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> whole.inPlace().options().clear());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void atLeastOneWorkerIsRequired(int workers) {
        String refusal = "workers must be at least 1, but is " + workers;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pace.FULL.withWorkers(workers))
                .withMessage(refusal);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void anEnvironmentNeedsAName(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestoreRequest.of(BackupSource.stored("nightly"), blank))
                .withMessage("environment must not be blank, but is '" + blank + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackupRequest.of(blank))
                .withMessage("environment must not be blank, but is '" + blank + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CopyRequest.of(blank, "staging"))
                .withMessage("source must not be blank, but is '" + blank + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CopyRequest.of("staging", blank))
                .withMessage("target must not be blank, but is '" + blank + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RehearsalRequest.of(blank, "scratch"))
                .withMessage("source must not be blank, but is '" + blank + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RehearsalRequest.of("staging", blank))
                .withMessage("scratch must not be blank, but is '" + blank + "'");
    }
}
