package dev.monarch.engine.staging;

import java.util.Objects;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Whether one primary has executed all of several writes. If so, a majority that has the last one has the others, too,
 * because members apply writes in their order. If another member became primary meanwhile, it may lack some of them.
 *
 * <p>The reply to a write names the election of the primary ({@code electionId}), except on a standalone server and behind
 * mongos. Thread-safe.
 */
final class ExecutedWrites {

    private final boolean repetition;

    private @Nullable BsonValue election;

    private boolean any;

    private boolean doubtful;

    private ExecutedWrites(boolean repetition) {
        this.repetition = repetition;
    }

    /** Starts without writes. */
    static ExecutedWrites first() {
        return new ExecutedWrites(false);
    }

    /** Starts without writes. Each of those that follow may have been executed before. */
    static ExecutedWrites repeated() {
        return new ExecutedWrites(true);
    }

    boolean isRepetition() {
        return repetition;
    }

    /**
     * Adds a write.
     *
     * @param primary the election of the primary that has executed it; null if the server does not name it
     */
    synchronized void by(@Nullable BsonValue primary) {
        doubtful |= any && !Objects.equals(election, primary);
        election = primary;
        any = true;
    }

    /** Adds a failed attempt. The server may have restarted. */
    synchronized void failed() {
        doubtful = true;
    }

    /** {@return whether the server names elections} */
    synchronized boolean nameElections() {
        return election != null;
    }

    /** {@return whether one primary has executed all, as far as the server names it} */
    synchronized boolean areInOrder() {
        return !doubtful;
    }
}
