package dev.monarch.backfill;

import java.util.Map;
import java.util.TreeMap;

import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.engine.backfill.BackfillUndo;
import dev.monarch.engine.backfill.StopSignal;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;

/** Counts, restores and removes what documents were before a backfill or a migration changed them. */
record BackfillOriginals(BackfilledEnvironment backfilled) {

    private static final Guard GUARD = new Guard(false);

    /** {@return the number of originals by collection} */
    Map<String, Long> count(String id) {
        Map<String, Long> numbers = new TreeMap<>();
        backfilled.translated(
                "read the originals of",
                () -> backfilled
                        .originals()
                        .of(id)
                        .forEach(originals -> numbers.put(originals.source(), originals.count())));
        return numbers;
    }

    void check(String id, StopSignal stop) {
        backfilled.translated(
                "read the originals of",
                () -> new BackfillUndo(backfilled.environment(), backfilled.settings(), stop).check(id));
    }

    UndoReport undo(String id, Approval approval, StopSignal stop) {
        requireApproval(approval);
        return backfilled.translated(
                "undo changes of",
                () -> new BackfillUndo(backfilled.environment(), backfilled.settings(), stop).run(id));
    }

    void remove(String id, Approval approval) {
        requireApproval(approval);
        backfilled.translated(
                "remove the originals of", () -> backfilled.originals().remove(id));
    }

    private void requireApproval(Approval approval) {
        GUARD.check(GuardedOperation.UNDO, backfilled.environment(), approval);
    }
}
