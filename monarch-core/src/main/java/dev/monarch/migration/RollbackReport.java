package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

/**
 * What a rollback did.
 *
 * @param environment the environment on which it worked
 * @param rolledBack the migrations that were rolled back, in order; empty if none was applied
 * @param elapsed how long it took, including the wait for the lock
 */
public record RollbackReport(String environment, List<RolledBackMigration> rolledBack, Duration elapsed) {

    public RollbackReport {
        rolledBack = List.copyOf(rolledBack);
    }

    /**
     * A migration that was rolled back.
     *
     * @param id its id
     * @param down whether its {@code down} ran
     * @param elapsed how long that took
     */
    public record RolledBackMigration(String id, boolean down, Duration elapsed) {}
}
