package dev.monarch.backup.retention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupSummary;
import dev.monarch.engine.Checks;

/**
 * The decisions of a retention about all backups of an environment.
 *
 * @param environment the environment's name
 * @param store the name of the store
 * @param decisions one for each backup of the environment, the newest first
 * @param elsewhere backups with the environment's name that are of another or an unknown database; they are never
 *     removed
 * @param others names of other files in the same place, of any environment: damaged backups and files of others,
 *     which are never removed
 */
public record RetentionPlan(
        String environment,
        String store,
        List<RetentionDecision> decisions,
        List<BackupSummary> elsewhere,
        List<String> others) {

    /**
     * Creates a plan.
     *
     * @throws IllegalArgumentException if {@code environment} or {@code store} is blank
     */
    public RetentionPlan {
        Checks.notBlank("environment", environment);
        Checks.notBlank("store", store);
        decisions = List.copyOf(decisions);
        elsewhere = List.copyOf(elsewhere);
        others = List.copyOf(others);
    }

    /**
     * Returns the backups to remove.
     *
     * @return the backups, the oldest first, in the order of removal
     */
    public List<BackupSummary> removals() {
        List<BackupSummary> removals = new ArrayList<>(decisions.stream()
                .filter(decision -> !decision.isKept())
                .map(RetentionDecision::backup)
                .toList());
        Collections.reverse(removals);
        return List.copyOf(removals);
    }

    /**
     * Returns how many bytes the removals free in the store.
     *
     * @return the stored size in bytes
     */
    public long bytesToFree() {
        return removals().stream().mapToLong(BackupSummary::storedBytes).sum();
    }

    /**
     * The decision of a retention about one backup.
     *
     * @param backup the backup
     * @param verdict whether to keep it
     * @param reasons at least one reason: {@code newest}, {@code daily backup}, {@code oldest daily backup}, {@code
     *     within 7d}, {@code daily within 1y}; or {@code no rule keeps it}, {@code over the maximum size}
     */
    public record RetentionDecision(BackupSummary backup, Verdict verdict, List<String> reasons) {

        /** Whether a backup is kept. */
        public enum Verdict {

            /** The backup is kept. */
            KEEP,

            /** The backup is removed. */
            REMOVE
        }

        /**
         * Creates a decision.
         *
         * @throws IllegalArgumentException if {@code reasons} is empty
         */
        public RetentionDecision {
            Checks.notEmpty("reasons", reasons);
            reasons = List.copyOf(reasons);
        }

        /**
         * Tells whether the backup is kept.
         *
         * @return true if the verdict is {@link Verdict#KEEP}
         */
        public boolean isKept() {
            return verdict == Verdict.KEEP;
        }
    }

    /**
     * The result of pruning.
     *
     * @param plan the plan, made while the lock was held
     * @param removed the removed backups, in the order of removal
     * @param failures the backups that could not be removed
     */
    public record PruneReport(RetentionPlan plan, List<BackupSummary> removed, List<Failure> failures) {

        public PruneReport {
            removed = List.copyOf(removed);
            failures = List.copyOf(failures);
        }

        /**
         * A backup that could not be removed.
         *
         * @param backup its name
         * @param message why, and what to do about it
         */
        public record Failure(String backup, String message) {

            /**
             * Creates a failure.
             *
             * @throws IllegalArgumentException if {@code backup} is blank
             */
            public Failure {
                Checks.notBlank("backup", backup);
            }
        }
    }

    /** A request to prune the backups of an environment. Immutable: each method returns a changed copy. */
    public static final class PruneRequest {

        private final String environment;

        private final Retention retention;

        private final @Nullable String store;

        private final @Nullable Set<String> planned;

        private PruneRequest(
                String environment, Retention retention, @Nullable String store, @Nullable Set<String> planned) {
            this.environment = environment;
            this.retention = retention;
            this.store = store;
            this.planned = planned;
        }

        /**
         * Prunes the backups of an environment in the default store.
         *
         * @param environment the environment's name
         * @param retention the rules for which backups to keep
         * @return the request
         * @throws IllegalArgumentException if the name is blank
         */
        public static PruneRequest of(String environment, Retention retention) {
            return new PruneRequest(Checks.notBlank("environment", environment), retention, null, null);
        }

        /**
         * Sets the store of the backups.
         *
         * @param other the store's name; null for the default one
         * @return the request
         */
        public PruneRequest from(@Nullable String other) {
            return new PruneRequest(environment, retention, other, planned);
        }

        /**
         * Limits the removal to the backups that a plan removes, even if the rules would now remove more.
         *
         * @param plan the plan that was approved
         * @return the request
         */
        public PruneRequest limitedTo(RetentionPlan plan) {
            return new PruneRequest(
                    environment,
                    retention,
                    store,
                    plan.removals().stream().map(BackupSummary::name).collect(Collectors.toUnmodifiableSet()));
        }

        String environment() {
            return environment;
        }

        Retention retention() {
            return retention;
        }

        @Nullable
        String store() {
            return store;
        }

        List<BackupSummary> removals(RetentionPlan plan) {
            return plan.removals().stream()
                    .filter(backup -> planned == null || planned.contains(backup.name()))
                    .toList();
        }
    }
}
