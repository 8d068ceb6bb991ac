package dev.monarch.backup.retention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.monarch.backup.BackupSummary;

/**
 * What a retention says of all backups of an environment.
 *
 * @param environment the environment's name
 * @param store the name of the store
 * @param decisions one for each backup of the environment, the newest first
 * @param elsewhere backups that bear the environment's name but were taken of another database, or do not tell of which; they
 *     are never removed
 * @param others what else lies in the same place, of whatever environment: damaged backups and files of others, which are
 *     never removed; names, as far as the store tells them
 */
public record RetentionPlan(
        String environment,
        String store,
        List<RetentionDecision> decisions,
        List<BackupSummary> elsewhere,
        List<String> others) {

    public RetentionPlan {
        decisions = List.copyOf(decisions);
        elsewhere = List.copyOf(elsewhere);
        others = List.copyOf(others);
    }

    /**
     * Returns what is not kept.
     *
     * @return the backups to be removed, the oldest first, as they are removed
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
     * Returns how many bytes of the store are free when everything is removed that is not kept.
     *
     * @return bytes, as they are stored
     */
    public long bytesToFree() {
        return removals().stream().mapToLong(BackupSummary::storedBytes).sum();
    }

    /**
     * What a retention says of one backup.
     *
     * @param backup the backup
     * @param verdict whether it stays
     * @param reasons why, at least one: {@code newest}, {@code daily backup}, {@code oldest daily backup}, {@code within 7d},
     *     {@code daily within 1y}; or {@code no rule keeps it}, {@code over the maximum size}
     */
    public record RetentionDecision(BackupSummary backup, Verdict verdict, List<String> reasons) {

        /** Whether a backup stays. */
        public enum Verdict {

            /** It stays. */
            KEEP,

            /** It is removed. */
            REMOVE
        }

        public RetentionDecision {
            reasons = List.copyOf(reasons);
        }

        /**
         * Tells whether it stays.
         *
         * @return true if so
         */
        public boolean isKept() {
            return verdict == Verdict.KEEP;
        }
    }
}
