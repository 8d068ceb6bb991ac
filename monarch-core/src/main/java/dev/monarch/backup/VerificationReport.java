package dev.monarch.backup;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.Omission;

/**
 * What a verification found.
 *
 * @param backup the backup, or the path of the archive
 * @param collections how many collections and views could be read to their end
 * @param documents how many documents could be read
 * @param bytes how many bytes these have, uncompressed
 * @param findings everything that is wrong
 * @param omissions what a restore leaves out: what is not a user's, and an oplog
 * @param elapsed how long it took
 */
public record VerificationReport(
        String backup,
        int collections,
        long documents,
        long bytes,
        List<Finding> findings,
        List<Omission> omissions,
        Duration elapsed) {

    /**
     * Something that is wrong.
     *
     * @param collection the collection it is about, or null if it is about the whole
     * @param problem what is wrong, and with which documents, as a clause without a full stop
     */
    public record Finding(@Nullable String collection, String problem) {

        @Override
        public String toString() {
            return (collection == null ? "" : "'" + collection + "': ") + problem;
        }
    }

    public VerificationReport {
        findings = List.copyOf(findings);
        omissions = List.copyOf(omissions);
    }

    /**
     * Tells whether everything is as it has to be.
     *
     * @return true if nothing was found
     */
    public boolean ok() {
        return findings.isEmpty();
    }
}
