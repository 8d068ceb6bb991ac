package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.replacement.ReplacementRequest;

/** The options of verbs that replace a database. */
final class ReplacementOptions {

    @Mixin
    private Selection selection;

    @Option(names = "--dry-run", description = "Show what would be replaced without replacing it.")
    private boolean dryRun;

    @Option(names = "--keep-history", description = "Keep the migration history of the target.")
    private boolean keepHistory;

    @Option(names = "--accept-lost-writes", description = "Continue even if others write to the target meanwhile.")
    private boolean acceptLostWrites;

    @Option(
            names = "--replace-time-series",
            description = "Drop a time series collection of the target, which is not atomic.")
    private boolean replaceTimeSeries;

    @Option(
            names = "--in-place",
            description = "Unsafe: load into the existing collections, if there is not enough disk space.")
    private boolean inPlace;

    @Option(names = "--park-ttl", description = "Keep expired documents: TTL stays off until you set it yourself.")
    private boolean parkTtl;

    @Option(
            names = "--on-duplicate",
            paramLabel = "fail|report",
            description = "On duplicate keys: fail (default), or report and skip.")
    private OnDuplicate onDuplicate = OnDuplicate.FAIL;

    @Option(names = "--convert-legacy-indexes", description = "Convert or omit indexes of servers before 3.4.")
    private boolean convertLegacyIndexes;

    @Option(names = "--no-indexes", description = "Build no indexes except those of _id.")
    private boolean noIndexes;

    @Option(
            names = "--verify-after",
            paramLabel = "count|full",
            description = "count (default): compare counts. full: read all data back.")
    private Verification verifyAfter = Verification.COUNT;

    @Option(
            names = "--partial-into",
            paramLabel = "ENV",
            description = "Confirm that a part of a database replaces data of this environment.",
            completionCandidates = Completion.Environments.class)
    private @Nullable String partialInto;

    @Mixin
    private AllowEmptyOption allowEmpty;

    @Mixin
    private Confirmation confirmation;

    boolean isDryRun() {
        return dryRun;
    }

    Confirmation confirmation() {
        return confirmation;
    }

    /** Applies the options to a request. */
    <R extends ReplacementRequest<R>> R applyTo(R request) {
        R asked = request.selecting(selection.get())
                .onDuplicate(onDuplicate)
                .indexed(indexes())
                .verified(verifyAfter)
                .partialInto(partialInto);
        asked = acceptLostWrites ? asked.acceptingLostWrites() : asked;
        asked = replaceTimeSeries ? asked.replacingTimeSeries() : asked;
        asked = parkTtl ? asked.parkingTimeToLive() : asked;
        asked = keepHistory ? asked.keepingHistory() : asked;
        asked = allowEmpty.isGiven() ? asked.allowingEmpty() : asked;
        return inPlace ? asked.inPlace() : asked;
    }

    private IndexChoice indexes() {
        if (noIndexes) {
            return IndexChoice.NONE;
        }
        return convertLegacyIndexes ? IndexChoice.CONVERT_LEGACY : IndexChoice.EXACT;
    }
}
