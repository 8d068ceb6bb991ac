package dev.monarch.engine.migration;

import java.util.Arrays;

import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.MigrationStatus.State;

/** Maps the states that the history records to those that a status shows, and back. */
final class ShownState {

    private ShownState() {}

    /**
     * Returns a recorded state as a status shows it. A status knows more: whether a version has changed, and whether a
     * migration is missing or belongs elsewhere.
     */
    static State of(MigrationState recorded) {
        return switch (recorded) {
            case PENDING -> State.PENDING;
            case RUNNING -> State.RUNNING;
            case APPLIED -> State.APPLIED;
            case FAILED -> State.FAILED;
            case INTERRUPTED -> State.INTERRUPTED;
            case IGNORED -> State.IGNORED;
            case ROLLING_BACK -> State.ROLLING_BACK;
            case ROLLED_BACK -> State.ROLLED_BACK;
        };
    }

    /**
     * Returns the state that the history records.
     *
     * @throws IllegalArgumentException if the history records no such state
     */
    static MigrationState recorded(State shown) {
        return Arrays.stream(MigrationState.values())
                .filter(recorded -> of(recorded) == shown)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the history does not record the state " + shown));
    }
}
