package dev.monarch.migration;

import dev.monarch.engine.Checks;

/**
 * Which applied migrations a rollback rolls back.
 *
 * <p>It rolls them back in the reverse order in which they were applied, which may differ from the order of their
 * ids.
 */
public sealed interface RollbackTarget {

    /**
     * Selects the migrations that were applied last.
     *
     * @param count how many; at least 1
     * @return the target
     */
    static RollbackTarget last(int count) {
        return new Last(count);
    }

    /**
     * Selects one migration, whatever was applied after it.
     *
     * @param id the one to roll back
     * @return the target
     */
    static RollbackTarget one(String id) {
        return new One(id);
    }

    /**
     * Selects a migration and everything that was applied after it.
     *
     * @param id the last one to roll back
     * @return the target
     */
    static RollbackTarget downTo(String id) {
        return new DownTo(id);
    }

    /**
     * The migrations that were applied last.
     *
     * @param count how many; at least 1
     */
    record Last(int count) implements RollbackTarget {

        /**
         * Creates the target.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Last {
            Checks.atLeast("count", count, 1);
        }
    }

    /**
     * One migration.
     *
     * @param id the one to roll back
     */
    record One(String id) implements RollbackTarget {}

    /**
     * A migration and everything that was applied after it.
     *
     * @param id the last one to roll back
     */
    record DownTo(String id) implements RollbackTarget {}
}
