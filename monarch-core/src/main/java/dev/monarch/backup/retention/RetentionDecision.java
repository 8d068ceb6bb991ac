package dev.monarch.backup.retention;

import java.util.List;

import dev.monarch.backup.BackupSummary;

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

    /**
     * Creates a decision.
     *
     * @param backup the backup
     * @param verdict whether it stays
     * @param reasons why
     */
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
