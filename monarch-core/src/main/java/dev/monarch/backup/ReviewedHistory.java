package dev.monarch.backup;

import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A migration history that comes from elsewhere: what was at work there is not at work here. */
final class ReviewedHistory {

    /** The words of {@code dev.monarch.migration.history.MigrationState}. */
    private static final List<String> AT_WORK = List.of("RUNNING", "ROLLING_BACK");

    private static final String INTERRUPTED = "INTERRUPTED";

    private ReviewedHistory() {}

    /**
     * Makes of migrations at work interrupted ones.
     *
     * @param history the history where it was loaded, or null if none came
     * @return how many they were
     */
    static long interrupt(@Nullable MongoCollection<BsonDocument> history) {
        return history == null
                ? 0
                : history.updateMany(
                                Filters.in("state", AT_WORK),
                                Updates.combine(Updates.set("state", INTERRUPTED), Updates.unset("session")))
                        .getModifiedCount();
    }
}
