package dev.monarch.engine.history;

import java.time.Duration;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** An attempt at {@code down}: {@code ROLLING_BACK}, then {@code ROLLED_BACK} unless it failed. */
final class DownAttempt extends Attempt {

    private final int attempts;

    DownAttempt(FencedHistory history, String id, int attempts) {
        super(history, id);
        this.attempts = attempts;
    }

    @Override
    EntryChange started(@Nullable BsonDocument session) {
        return EntryChange.rollingBack(attempts, session);
    }

    @Override
    EntryChange succeeded(Duration elapsed) {
        return EntryChange.rolledBack(elapsed);
    }

    @Override
    EntryChange failed(Duration elapsed, Throwable error) {
        return EntryChange.rollbackFailed(attempts, elapsed, error);
    }

    /** A rollback that has not ended requires manual intervention anyway. */
    @Override
    EntryChange interrupted(Duration elapsed, Throwable error) {
        return failed(elapsed, error);
    }
}
