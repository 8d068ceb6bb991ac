package dev.monarch.backup;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.transfer.Omission;
import dev.monarch.transfer.TransferProgress.Limit;

/**
 * The result of a verification.
 *
 * @param backup the backup, or the path of the archive
 * @param collections the number of collections and views that were read completely
 * @param documents the number of documents that were read
 * @param bytes their size in bytes, uncompressed
 * @param findings all problems that were found
 * @param omissions what a restore leaves out: collections that are not user collections, and an oplog
 * @param limitedBy what limited the verification, the largest share first
 * @param elapsed the duration
 */
public record VerificationReport(
        String backup,
        int collections,
        long documents,
        long bytes,
        List<Finding> findings,
        List<Omission> omissions,
        List<Limit> limitedBy,
        Duration elapsed) {

    /**
     * A problem.
     *
     * @param collection the name of the collection; null if the problem concerns the whole archive
     * @param problem the problem and its documents, as a clause without a full stop
     */
    public record Finding(@Nullable String collection, String problem) {

        @Override
        public String toString() {
            return (collection == null ? "" : "'" + collection + "': ") + problem;
        }
    }

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code backup} is blank, or a number is negative
     */
    public VerificationReport {
        Checks.notBlank("backup", backup);
        Checks.atLeast("collections", collections, 0);
        Checks.atLeast("documents", documents, 0);
        Checks.atLeast("bytes", bytes, 0);
        limitedBy = List.copyOf(limitedBy);
        Checks.notNegative("elapsed", elapsed);
        findings = List.copyOf(findings);
        omissions = List.copyOf(omissions);
    }

    /**
     * Tells whether no problem was found.
     *
     * @return true if there are no findings
     */
    public boolean ok() {
        return findings.isEmpty();
    }
}
