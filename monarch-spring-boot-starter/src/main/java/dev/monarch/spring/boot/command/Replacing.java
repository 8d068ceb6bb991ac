package dev.monarch.spring.boot.command;

import java.util.List;

import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.replacement.ReplacementRequest.IndexChoice;
import dev.monarch.replacement.ReplacementRequest.OnDuplicate;
import dev.monarch.replacement.ReplacementRequest.Verification;

/**
 * The options of verbs that replace a database.
 *
 * @param arguments what the verb was called with
 */
record Replacing(Arguments arguments) {

    static final String ACCEPT_LOST_WRITES = "--accept-lost-writes";

    private static final String REPLACE_TIME_SERIES = "--replace-time-series";

    private static final String IN_PLACE = "--in-place";

    private static final String PARK_TTL = "--park-ttl";

    private static final String KEEP_HISTORY = "--keep-history";

    private static final String ON_DUPLICATE = "--on-duplicate";

    private static final String NO_INDEXES = "--no-indexes";

    private static final String CONVERT_LEGACY_INDEXES = "--convert-legacy-indexes";

    private static final String VERIFY_AFTER = "--verify-after";

    private static final String PARTIAL_INTO = "--partial-into";

    static List<ArgSpec> options() {
        return List.of(
                VerbOptions.flag(VerbOptions.DRY_RUN, "Shows what would be replaced, and does nothing."),
                VerbOptions.flag(KEEP_HISTORY, "Keeps the migration history that is there."),
                VerbOptions.flag(ACCEPT_LOST_WRITES, "Goes on although others write to what is replaced."),
                VerbOptions.flag(REPLACE_TIME_SERIES, "Drops a time series that is there, which is not atomic."),
                VerbOptions.flag(IN_PLACE, "Unsafe: loads where the data is; for who lacks the space."),
                VerbOptions.flag(PARK_TTL, "Keeps documents that have expired: TTL is set by hand afterwards."),
                VerbOptions.value(
                        ON_DUPLICATE, Choice.label(OnDuplicate.class), "What a unique index refuses: fail (default)."),
                VerbOptions.flag(CONVERT_LEGACY_INDEXES, "Convert indexes of servers before 3.4, or leave them out."),
                VerbOptions.flag(NO_INDEXES, "Build no indexes except those of _id."),
                VerbOptions.value(
                        VERIFY_AFTER,
                        Choice.label(Verification.class),
                        "full: reads everything back; count (default)."),
                VerbOptions.value(PARTIAL_INTO, "ENV", "Confirms that a part of a database goes into this one."),
                VerbOptions.allowEmpty());
    }

    /** Asks for what the options say. */
    <R extends ReplacementRequest<R>> R applyTo(R request) {
        R asked = request.selecting(Selecting.of(arguments))
                .onDuplicate(Choice.of(arguments, ON_DUPLICATE, OnDuplicate.class, OnDuplicate.FAIL))
                .indexed(indexes())
                .verified(Choice.of(arguments, VERIFY_AFTER, Verification.class, Verification.COUNT))
                .partialInto(arguments.option(PARTIAL_INTO));
        asked = arguments.has(ACCEPT_LOST_WRITES) ? asked.acceptingLostWrites() : asked;
        asked = arguments.has(REPLACE_TIME_SERIES) ? asked.replacingTimeSeries() : asked;
        asked = arguments.has(PARK_TTL) ? asked.parkingTimeToLive() : asked;
        asked = arguments.has(KEEP_HISTORY) ? asked.keepingHistory() : asked;
        asked = arguments.has(VerbOptions.ALLOW_EMPTY) ? asked.allowingEmpty() : asked;
        return arguments.has(IN_PLACE) ? asked.inPlace() : asked;
    }

    private IndexChoice indexes() {
        if (arguments.has(NO_INDEXES)) {
            return IndexChoice.NONE;
        }
        return arguments.has(CONVERT_LEGACY_INDEXES) ? IndexChoice.CONVERT_LEGACY : IndexChoice.EXACT;
    }
}
