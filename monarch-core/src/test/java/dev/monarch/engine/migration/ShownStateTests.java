package dev.monarch.engine.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.MigrationStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ShownStateTests {

    @ParameterizedTest
    @EnumSource(MigrationState.class)
    void everyRecordedStateIsShownByItsNameAndMappedBack(MigrationState recorded) {
        State shown = ShownState.of(recorded);

        assertThat(shown.name()).isEqualTo(recorded.name());
        assertThat(ShownState.recorded(shown)).isEqualTo(recorded);
    }

    @Test
    void theHistoryDoesNotRecordThatAVersionHasChanged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShownState.recorded(State.CHANGED))
                .withMessage("the history does not record the state CHANGED");
    }
}
