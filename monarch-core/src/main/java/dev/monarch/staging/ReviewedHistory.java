package dev.monarch.staging;

import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/** A migration history, seen by who moves it: what was at work where it comes from is not at work where it goes. */
public final class ReviewedHistory {

    /** The words of {@code dev.monarch.migration.history.MigrationState}. */
    private static final String RUNNING = "RUNNING";

    private static final String ROLLING_BACK = "ROLLING_BACK";

    private static final List<String> AT_WORK = List.of(RUNNING, ROLLING_BACK);

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
     * Makes of migrations at work interrupted ones. One that was being rolled back stays {@code ROLLING_BACK}: running its
     * {@code up} on data that is half reverted would do harm, and no run starts before it is resolved.
     *
     * @param history the history where it was loaded
     * @return how many were at work
     */
    static long interrupt(MongoCollection<BsonDocument> history) {
        Bson atWorkNoMore = Updates.unset("session");
        long rollingBack = history.updateMany(Filters.eq("state", ROLLING_BACK), atWorkNoMore)
                .getMatchedCount();
        return rollingBack
                + history.updateMany(
                                Filters.eq("state", RUNNING),
                                Updates.combine(Updates.set("state", INTERRUPTED), atWorkNoMore))
                        .getModifiedCount();
    }
}
