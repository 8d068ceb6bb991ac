package dev.monarch.backfill;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;

/** Writes what users want of a backfill. The process that runs it follows. */
record BackfillControl(BackfilledEnvironment backfilled) {

    void pause(String id) {
        requireNotDone("pause", id);
        write(() -> backfilled.records().pause(id));
    }

    void resume(String id) {
        requireNotDone("resume", id);
        write(() -> backfilled.records().resume(id));
    }

    void rate(String id, Rate rate) {
        requireNotDone("change the rate of", id);
        write(() -> backfilled.records().rate(id, rate));
    }

    void retryFailed(String id) {
        BackfillStatus status = status(id);
        if (status.state() != State.FAILED) {
            throw backfilled.refused("retry", id, "It has not failed: it " + status.summary() + ".");
        }
        write(() -> backfilled.records().retry(id));
    }

    private void requireNotDone(String request, String id) {
        if (status(id).state() == State.DONE) {
            throw backfilled.refused(request, id, "It is done.");
        }
    }

    private BackfillStatus status(String id) {
        return new BackfillStatuses(backfilled).of(id);
    }

    private void write(Runnable request) {
        backfilled.translated("write the backfills of", request);
    }
}
