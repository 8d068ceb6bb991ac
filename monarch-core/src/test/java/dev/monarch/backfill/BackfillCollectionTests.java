package dev.monarch.backfill;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CollationStrength;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillStatus.SetAsideDocument;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;

/** Collections that are dropped, renamed or replaced during a backfill, and unusual ones. */
@MongoTest(topology = Topology.REPLICA_SET)
class BackfillCollectionTests {

    @Test
    void aDroppedCollectionHasNothingLeftToChange(TestMongo mongo) {
        insertDogs(mongo, 500);

        BackfillStatus status = runDoing(mongo, () -> dogs(mongo).drop());

        assertThat(status.state()).isEqualTo(State.DONE);
    }

    @Test
    void aRenamedCollectionIsNamed(TestMongo mongo) {
        insertDogs(mongo, 500);
        MongoNamespace other = new MongoNamespace(mongo.databaseName(), "old_dogs");

        BackfillStatus status = runDoing(mongo, () -> dogs(mongo).renameCollection(other));

        assertThat(status.state()).isEqualTo(State.FAILED);
        assertThat(status.error()).startsWith("The collection 'dogs' was renamed to 'old_dogs'");
        mongo.database().getCollection("old_dogs").renameCollection(new MongoNamespace(mongo.databaseName(), "dogs"));
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg());
        backfills.retryFailed(ID);
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(500);
    }

    @Test
    void aReplacedCollectionIsChangedFromItsBeginning(TestMongo mongo) {
        insertDogs(mongo, 500);

        BackfillStatus status = runDoing(mongo, () -> {
            dogs(mongo).drop();
            insertDogs(mongo, 700);
        });

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(700);
    }

    /** Does something in the third batch. */
    private static BackfillStatus runDoing(TestMongo mongo, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return TestBackfills.of(mongo, new WeightInKg() {
                    @Override
                    public Change change(RawBsonDocument dog) {
                        if (dog.getInt32("_id").getValue() == 350 && done.compareAndSet(false, true)) {
                            action.run();
                        }
                        return super.change(dog);
                    }
                })
                .run(ID);
    }

    /** A backup has the history. The progress, which it does not have, may say something else. */
    @Test
    void afterARestoreOfTheHistoryItRunsAgain(TestMongo mongo) {
        insertDogs(mongo, 100);
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg());
        backfills.run(ID);
        mongo.database().getCollection("monarch.history").deleteMany(new BsonDocument());
        dogs(mongo).updateMany(new BsonDocument(), Updates.unset("kg"));

        assertThat(backfills.status(ID).state()).isEqualTo(State.PENDING);
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(100);
    }

    @Test
    void aCollationDoesNotMakeDifferentTextsEqual(TestMongo mongo) {
        mongo.database()
                .createCollection(
                        "dogs",
                        new CreateCollectionOptions()
                                .collation(Collation.builder()
                                        .locale("en")
                                        .collationStrength(CollationStrength.PRIMARY)
                                        .build()));
        insertDogs(mongo, 20);
        dogs(mongo).updateMany(new BsonDocument(), Updates.set("name", "rex"));
        AtomicBoolean done = new AtomicBoolean();

        BackfillStatus status = TestBackfills.of(mongo, new WeightInKg() {
                    @Override
                    public Change change(RawBsonDocument dog) {
                        if (done.compareAndSet(false, true)) {
                            dogs(mongo).updateOne(Filters.eq("_id", 1), Updates.set("name", "REX"));
                        }
                        return Change.replace(new BsonDocument("name", dog.get("name")).append("kg", new BsonInt32(1)));
                    }
                })
                .run(ID);

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).find(Filters.eq("_id", 1)).first()).containsEntry("name", new BsonString("REX"));
        dogs(mongo).insertOne(BsonDocument.parse("{_id: 'a', grams: 1}"));
        mongo.database().getCollection("monarch.history").deleteMany(new BsonDocument());
        assertThat(TestBackfills.of(mongo, new WeightInKg()).run(ID).error())
                .startsWith("The collection 'dogs' has a collation, and the _id \"a\" is text.");
    }

    @Test
    void largeDocumentsAreChangedOrSetAside(TestMongo mongo) {
        insertDogs(mongo, 3);
        dogs(mongo).updateOne(Filters.eq("_id", 2), Updates.set("photo", new BsonBinary(new byte[9 * 1024 * 1024])));
        Backfills small = TestBackfills.of(mongo, new WeightInKg());
        assertThat(small.run(ID).state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(3);

        dogs(mongo).updateMany(new BsonDocument(), Updates.unset("kg"));
        mongo.database().getCollection("monarch.history").deleteMany(new BsonDocument());
        Backfills large = TestBackfills.of(mongo, new WeightInKg() {
            @Override
            public Change change(RawBsonDocument dog) {
                return Change.set("kg", 1)
                        .set("copy", new BsonBinary(new byte[(dog.containsKey("photo") ? 8 : 1) * 1024 * 1024]));
            }
        });
        assertThat(large.run(ID).state()).isEqualTo(State.FAILED);
        assertThat(large.setAside(ID)).extracting(SetAsideDocument::document).isEqualTo(List.of(new BsonInt32(2)));
    }
}
