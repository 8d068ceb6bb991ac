package dev.monarch.staging;

import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;

/** A migration history, seen by who moves it: what was at work where it comes from is not at work where it goes. */
public final class ReviewedHistory {

    /** The words of {@code dev.monarch.migration.history.MigrationState}. */
    private static final List<String> AT_WORK = List.of("RUNNING", "ROLLING_BACK");

    private static final String INTERRUPTED = "INTERRUPTED";

    private ReviewedHistory() {}

    /**
     * Tells whether migrations are at work, or a dead process has left them so.
     *
     * @param history the history
     * @return true if so
     */
    public static boolean isAtWork(MongoCollection<?> history) {
        return history.find(Filters.in("state", AT_WORK)).first() != null;
    }

    /**
     * Makes of migrations at work interrupted ones.
     *
     * @param history the history where it was loaded
     * @return how many they were
     */
    static long interrupt(MongoCollection<BsonDocument> history) {
        return history.updateMany(
                        Filters.in("state", AT_WORK),
                        Updates.combine(Updates.set("state", INTERRUPTED), Updates.unset("session")))
                .getModifiedCount();
    }
}
