package dev.monarch.engine.history;

import java.time.Duration;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** An attempt at {@code up}: {@code RUNNING}, then {@code APPLIED}, {@code FAILED} or {@code INTERRUPTED}. */
final class UpAttempt extends Attempt {

    private final int number;

    private final String version;

    private final @Nullable String backup;

    UpAttempt(FencedHistory history, String id, int number, String version, @Nullable String backup) {
        super(history, id);
        this.number = number;
        this.version = version;
        this.backup = backup;
    }

    @Override
    EntryChange started(@Nullable BsonDocument session) {
        return EntryChange.running(number, session, backup);
    }

    @Override
    EntryChange succeeded(Duration elapsed) {
        return EntryChange.applied(number, elapsed, version);
    }

    @Override
    EntryChange failed(Duration elapsed, Throwable error) {
        return EntryChange.failed(number, elapsed, error);
    }

    @Override
    EntryChange interrupted(Duration elapsed, Throwable error) {
        return EntryChange.interrupted(number, elapsed, error);
    }
}
