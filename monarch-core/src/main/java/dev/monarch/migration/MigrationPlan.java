package dev.monarch.migration;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.Fact;
import dev.monarch.migration.MigrationHook.RunPlan;

/**
 * What a run would do.
 *
 * @param environment the environment it would run on
 * @param pending the migrations it would run, in order
 * @param applied how many of the known migrations are applied already
 * @param warnings what a person should know, each a sentence
 */
public record MigrationPlan(String environment, List<PlannedMigration> pending, int applied, List<Fact> warnings)
        implements RunPlan {

    public MigrationPlan {
        pending = List.copyOf(pending);
        warnings = List.copyOf(warnings);
    }

    /**
     * Tells whether a run would do nothing.
     *
     * @return whether nothing is pending
     */
    public boolean isUpToDate() {
        return pending.isEmpty();
    }

    @Override
    public List<String> ids() {
        return pending.stream().map(PlannedMigration::id).toList();
    }

    /**
     * Returns the ids of the pending migrations.
     *
     * @return the ids, in order
     */
    public List<String> pendingIds() {
        return ids();
    }

    MigrationPlan warning(List<Fact> more) {
        List<Fact> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new MigrationPlan(environment, pending, applied, all);
    }

    /**
     * A migration that is to run.
     *
     * @param id its id
     * @param reason why it is to run
     * @param attempts how often it has been started since it last succeeded
     * @param lastError what its last attempt threw, or null if it threw nothing or was not ended
     * @param obstacle what forbids to run it before a person has said how it stands, as a clause, or null if nothing
     */
    public record PlannedMigration(
            String id,
            Reason reason,
            int attempts,
            @Nullable String lastError,
            @Nullable String obstacle) {

        /** Why a migration is to run. */
        public enum Reason {

            /** It has never been started. */
            NEW,

            /** Its last attempt threw. */
            FAILED,

            /** Its last attempt was not ended: its process died, or works at it right now. */
            INTERRUPTED,

            /** It was taken back. */
            ROLLED_BACK,

            /** It runs in every run. */
            REPEATED,

            /** Its version is another than when it was last applied. */
            CHANGED,

            /** It was asked for by its name, whatever its state. */
            FORCED
        }

        /**
         * Creates one that nothing prevents.
         *
         * @param id its id
         * @param reason why it is to run
         * @param attempts how often it has been started since it last succeeded
         * @param lastError what its last attempt threw, or null
         */
        public PlannedMigration(String id, Reason reason, int attempts, @Nullable String lastError) {
            this(id, reason, attempts, lastError, null);
        }
    }
}
