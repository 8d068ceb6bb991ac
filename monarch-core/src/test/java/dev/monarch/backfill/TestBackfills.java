package dev.monarch.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.TestMongo;

/** Runs backfills on a test's own database. */
public final class TestBackfills {

    /** Short enough for tests that wait until a lease expires. */
    static final LockSettings QUICK_LOCK = new LockSettings(
            Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(500));

    /** All the time, without back-off. */
    static final BackfillSettings FULL =
            new BackfillSettings("monarch.history", "default", QUICK_LOCK, new Rate(1.0, null), false, 1000);

    static final String ID = "202612011200-weight-in-kg";

    private TestBackfills() {}

    static MonarchEnvironment environment(TestMongo mongo) {
        return MonarchEnvironment.using("test", Protection.DEFAULT, mongo.client(), mongo.databaseName());
    }

    static Backfills of(TestMongo mongo, DocumentBackfill backfill) {
        return of(environment(mongo), backfill, FULL);
    }

    static Backfills of(MonarchEnvironment environment, DocumentBackfill backfill, BackfillSettings settings) {
        return new Backfills(environment, BackfillSet.of(List.of(new RegisteredBackfill(ID, backfill))), settings);
    }

    /** Keeps originals. */
    static Backfills keeping(TestMongo mongo, DocumentBackfill backfill) {
        return keeping(environment(mongo), backfill);
    }

    static Backfills keeping(MonarchEnvironment environment, DocumentBackfill backfill) {
        RegisteredBackfill registered = new RegisteredBackfill(ID, backfill).keepingOriginals();
        return new Backfills(environment, BackfillSet.of(List.of(registered)), FULL);
    }

    static MongoCollection<BsonDocument> dogs(TestMongo mongo) {
        return mongo.database().getCollection("dogs", BsonDocument.class);
    }

    /** Inserts dogs with the ids 1 to a number. */
    static void insertDogs(TestMongo mongo, int number) {
        List<BsonDocument> dogs = new ArrayList<>();
        for (int id = 1; id <= number; id++) {
            dogs.add(new BsonDocument("_id", new BsonInt32(id)).append("grams", new BsonInt32(id * 1000)));
        }
        dogs(mongo).insertMany(dogs);
    }

    /** Sets the weight in kilograms. */
    public static class WeightInKg implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("kg", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            return Change.set("kg", dog.getInt32("grams").getValue() / 1000);
        }
    }
}
