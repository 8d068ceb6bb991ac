package dev.monarch.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.Checks;
import dev.monarch.migration.MigrationHook.RunPlan;

/**
 * What a run would do.
 *
 * @param environment the environment on which it would run
 * @param pending the migrations that it would run, in order
 * @param applied how many of the application's migrations are applied already
 * @param warnings warnings for people, as sentences
 */
public record MigrationPlan(String environment, List<PlannedMigration> pending, int applied, List<Fact> warnings)
        implements RunPlan {

    /**
     * Creates a plan.
     *
     * @throws IllegalArgumentException if {@code environment} is blank, or {@code applied} is negative
     */
    public MigrationPlan {
        Checks.notBlank("environment", environment);
        Checks.atLeast("applied", applied, 0);
        pending = List.copyOf(pending);
        warnings = List.copyOf(warnings);
    }

    /** {@return whether nothing is pending} */
    public boolean isUpToDate() {
        return pending.isEmpty();
    }

    @Override
    public List<String> ids() {
        return pending.stream().map(PlannedMigration::id).toList();
    }

    /** {@return the ids of the pending migrations, in order} */
    public List<String> pendingIds() {
        return ids();
    }

    /**
     * Refuses the plan if the history of another tool must be imported first, or if its import has not ended.
     *
     * @throws OperationRefusedException if so; it names the history
     */
    public void requireOwnHistory() {
        List<Fact> others = warnings.stream()
                .filter(warning -> warning.reason() == dev.monarch.Reason.OTHER_HISTORY)
                .toList();
        if (!others.isEmpty()) {
            throw new OperationRefusedException("migrate", environment, others);
        }
    }

    /**
     * Refuses the plan if a migration must run after a backfill that is not done.
     *
     * @throws OperationRefusedException if so; it says how far each backfill is
     */
    public void requireBackfills() {
        List<Fact> unfinished = warnings.stream()
                .filter(warning -> warning.reason() == dev.monarch.Reason.BACKFILL_UNFINISHED)
                .toList();
        if (!unfinished.isEmpty()) {
            throw new OperationRefusedException("migrate", environment, unfinished);
        }
    }

    /**
     * A migration that will run.
     *
     * @param id its id
     * @param reason why it will run
     * @param attempts how often it has been started since it last succeeded
     * @param lastError what its last attempt threw, or null if it threw nothing or did not end
     * @param obstacle why it cannot run until its state has been resolved manually, as a clause; null if it can
     */
    public record PlannedMigration(
            String id,
            Reason reason,
            int attempts,
            @Nullable String lastError,
            @Nullable String obstacle) {

        /**
         * Creates a planned migration.
         *
         * @throws IllegalArgumentException if {@code attempts} is negative
         */
        public PlannedMigration {
            Checks.atLeast("attempts", attempts, 0);
        }

        /** Why a migration will run. */
        public enum Reason {

            /** It has never been started. */
            NEW,

            /** Its last attempt threw. */
            FAILED,

            /** Its last attempt did not end: its process died, or is still running it. */
            INTERRUPTED,

            /** It was rolled back. */
            ROLLED_BACK,

            /** It runs in every run. */
            REPEATED,

            /** Its version differs from the one that was last applied. */
            CHANGED,

            /** The caller asked for it by its id, whatever its state. */
            FORCED
        }

        /**
         * Creates a planned migration without an obstacle.
         *
         * @param id its id
         * @param reason why it will run
         * @param attempts how often it has been started since it last succeeded
         * @param lastError what its last attempt threw, or null
         */
        public PlannedMigration(String id, Reason reason, int attempts, @Nullable String lastError) {
            this(id, reason, attempts, lastError, null);
        }
    }

    /** Which migrations a run applies. */
    public sealed interface MigrationTarget {

        /**
         * Selects everything that is pending.
         *
         * @return the target that an application uses when it starts
         */
        static MigrationTarget pending() {
            return new Pending();
        }

        /**
         * Selects what is pending up to and including a migration, in the order in which migrations run.
         *
         * @param id the last one to run
         * @return the target
         */
        static MigrationTarget upTo(String id) {
            return new UpTo(id);
        }

        /**
         * Selects one migration, whatever its state and whatever is pending before it.
         *
         * @param id the one to run
         * @return the target
         */
        static MigrationTarget one(String id) {
            return new One(id);
        }

        /** Everything that is pending. */
        record Pending() implements MigrationTarget {}

        /**
         * What is pending up to and including one migration.
         *
         * @param id the last one to run
         */
        record UpTo(String id) implements MigrationTarget {}

        /**
         * One migration, whatever its state.
         *
         * @param id the one to run
         */
        record One(String id) implements MigrationTarget {}
    }
}
