package dev.monarch.backfill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.LockLostException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

/** A process that runs a backfill; tests pause and kill it. */
final class BackfillProcess {

    private BackfillProcess() {}

    public static void main(String[] arguments) {
        try (MongoClient client = MongoClients.create(arguments[0])) {
            MonarchEnvironment environment = MonarchEnvironment.using("test", Protection.DEFAULT, client, arguments[1]);
            System.out.println("READY");
            BackfillStatus status = TestBackfills.of(environment, new CountedReplacement(), TestBackfills.FULL)
                    .run(TestBackfills.ID);
            System.out.println("ENDED " + status.state());
        } catch (LockLostException e) {
            System.out.println("LOST " + e.getMessage());
        }
    }

    /** Replaces whole documents, so that it would lose every write that it does not see. Counts how often it has an effect. */
    static final class CountedReplacement implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("kg", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            BsonDocument changed = dog.decode(new BsonDocumentCodec());
            changed.put("kg", new BsonInt32(dog.getInt32("grams").getValue() / 1000));
            changed.put(
                    "changes",
                    new BsonInt32(dog.getInt32("changes", new BsonInt32(0)).getValue() + 1));
            return Change.replace(changed);
        }
    }
}
