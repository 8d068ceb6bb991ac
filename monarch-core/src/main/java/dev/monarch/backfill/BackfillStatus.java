package dev.monarch.backfill;

import java.time.Duration;
import java.time.Instant;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.Checks;

/**
 * The current state of one backfill.
 *
 * @param id its id
 * @param state its state
 * @param collection the collection whose documents it changes; null if it was never started
 * @param progress what it has done
 * @param rate its rate; what is null is not limited
 * @param host the process that runs it: host name and process id; null if none does now
 * @param startedAt when it was first started, on the server's clock, or null if it never was
 * @param finishedAt when it ended, on the server's clock, or null if it has not
 * @param error why it failed, or null if it did not
 */
public record BackfillStatus(
        String id,
        State state,
        @Nullable String collection,
        BackfillProgress progress,
        Rate rate,
        @Nullable String host,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String error) {

    /**
     * Creates a status.
     *
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public BackfillStatus {
        Checks.notBlank("id", id);
    }

    /** {@return the state and the progress, as a clause} */
    public String summary() {
        String what = switch (state) {
            case PENDING -> progress.examined() == 0 ? "has not started" : "is waiting to continue";
            case RUNNING -> host == null ? "was interrupted, and no instance has continued it" : "is running";
            case PAUSED -> "is paused";
            case DONE -> "is done";
            case FAILED -> "failed";
            case UNDONE -> host == null ? "was undone" : "is being undone";
        };
        return state == State.DONE ? what : what + " (" + progress + ")" + (error == null ? "" : ": " + error);
    }

    /** The state of a backfill. */
    public enum State {

        /** It has not been started, or an instance will continue it. */
        PENDING,

        /** It was started and has not ended. */
        RUNNING,

        /** It waits until it is resumed. */
        PAUSED,

        /** Every document is changed. */
        DONE,

        /** Documents were set aside, or it cannot continue. */
        FAILED,

        /** Its changes were undone, or are being undone. It does not run again until it is resumed. */
        UNDONE
    }

    /**
     * What a backfill has done.
     *
     * @param done the number of documents that it has changed; after a crash, up to one batch may be missing
     * @param examined the number of documents that the current pass has read
     * @param total the estimated number of documents in the collection
     * @param setAside the number of documents that could not be changed
     * @param pass the number of the current pass over the collection, from 1; each further pass looks for documents
     *     that were written meanwhile
     * @param documentsPerSecond the recent rate at which documents are examined
     * @param remaining how long the current pass will still take at that rate, or null if it is unknown
     */
    public record BackfillProgress(
            long done,
            long examined,
            long total,
            long setAside,
            int pass,
            double documentsPerSecond,
            @Nullable Duration remaining) {

        /**
         * Creates a progress.
         *
         * @throws IllegalArgumentException if a number is negative
         */
        public BackfillProgress {
            Checks.atLeast("done", done, 0);
            Checks.atLeast("examined", examined, 0);
            Checks.atLeast("total", total, 0);
            Checks.atLeast("setAside", setAside, 0);
            Checks.atLeast("pass", pass, 0);
            Checks.notNegative("remaining", remaining);
        }

        /** {@return how much of the current pass is done, from 0 to 1} */
        public double share() {
            return total == 0 ? 0 : Math.min(1, (double) examined / total);
        }

        @Override
        public String toString() {
            return (int) (share() * 100) + " % of pass " + Math.max(1, pass) + ", " + done + " documents changed, "
                    + setAside + " set aside"
                    + (remaining == null ? "" : ", about " + remaining.toSeconds() + " s left");
        }
    }

    /**
     * A document that a backfill could not change.
     *
     * @param document the {@code _id} of the document
     * @param error what the backfill threw, or why the server rejected the change
     * @param at when, on the server's clock
     */
    public record SetAsideDocument(BsonValue document, String error, Instant at) {}
}
