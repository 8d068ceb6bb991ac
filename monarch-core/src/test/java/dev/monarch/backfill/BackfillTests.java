package dev.monarch.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.ValidationOptions;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

import dev.monarch.InvalidRequestException;
import dev.monarch.backfill.BackfillStatus.SetAsideDocument;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a backfill does to documents, and what it records. */
@MongoTest
class BackfillTests {

    @Test
    void everyDocumentIsChangedOnce(TestMongo mongo) {
        insertDogs(mongo, 1500);
        List<Integer> calls = new ArrayList<>();
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg() {
            @Override
            public Change change(RawBsonDocument dog) {
                calls.add(dog.getInt32("_id").getValue());
                return super.change(dog);
            }
        });

        assertThat(backfills.statuses()).singleElement().satisfies(before -> {
            assertThat(before.state()).isEqualTo(State.PENDING);
            assertThat(before.id()).isEqualTo(ID);
        });
        BackfillStatus status = backfills.run(ID);

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(status.progress().done()).isEqualTo(1500);
        assertThat(status.progress().setAside()).isZero();
        assertThat(status.error()).isNull();
        assertThat(calls).isSorted().hasSize(1500);
        assertThat(dogs(mongo).find(Filters.eq("_id", 1234)).first())
                .isEqualTo(BsonDocument.parse("{_id: 1234, grams: 1234000, kg: 1234}"));
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg", false))).isZero();
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        assertThat(calls).as("a backfill that is done does not run again").hasSize(1500);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> backfills.pause(ID))
                .withMessageContaining("It is done.");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> backfills.status("another"))
                .withMessageContaining("There is no backfill of this id.");
    }

    @Test
    void aChangeCanSetRemoveReplaceDeleteAndLeave(TestMongo mongo) {
        dogs(mongo)
                .insertMany(List.of(
                        BsonDocument.parse("{_id: 1, a: 1, b: {c: 1}}"),
                        BsonDocument.parse("{_id: 2, a: 1}"),
                        BsonDocument.parse("{_id: 3, a: 1}"),
                        BsonDocument.parse("{_id: 4, a: 1}")));
        Backfills backfills = TestBackfills.of(mongo, new DocumentBackfill() {
            @Override
            public BackfillSource source() {
                return BackfillSource.of("dogs");
            }

            @Override
            public Change change(RawBsonDocument dog) {
                return switch (dog.getInt32("_id").getValue()) {
                    case 1 -> Change.set("b.d", List.of("x")).unset("a", "b.c").set("e", null);
                    case 2 -> Change.replace(BsonDocument.parse("{z: 1}"));
                    case 3 -> Change.delete();
                    default -> Change.leave();
                };
            }
        });

        BackfillStatus status = backfills.run(ID);

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(status.progress().done()).isEqualTo(3);
        assertThat(dogs(mongo).find().into(new ArrayList<>()))
                .containsExactly(
                        BsonDocument.parse("{_id: 1, b: {d: ['x']}, e: null}"),
                        BsonDocument.parse("{_id: 2, z: 1}"),
                        BsonDocument.parse("{_id: 4, a: 1}"));
    }

    /** The embedded server cannot order all of these types. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void everyTypeOfIdIsReadInTheOrderOfTheIndex(TestMongo mongo) {
        List<BsonValue> ids = new ArrayList<>(List.of(
                new BsonMinKey(),
                new BsonNull(),
                new BsonDouble(Double.NaN),
                new BsonDouble(Double.NEGATIVE_INFINITY),
                new BsonDouble(-0.0),
                new BsonInt32(5),
                new BsonInt64(7),
                new BsonDecimal128(Decimal128.parse("8.5")),
                new BsonString(""),
                new BsonString("5"),
                new BsonDocument(),
                new BsonDocument("x", new BsonInt32(5)),
                new BsonDocument("x", new BsonArray(List.of(new BsonInt32(5)))),
                new BsonBinary(new byte[] {5}),
                new BsonObjectId(),
                new BsonBoolean(false),
                new BsonDateTime(5),
                new BsonTimestamp(5, 5),
                new BsonJavaScript("5"),
                new BsonMaxKey()));
        MongoCollection<BsonDocument> dogs = dogs(mongo);
        List<BsonValue> filling = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            filling.add(i % 2 == 0 ? new BsonString("filling " + i) : new BsonInt32(1000 + i));
        }
        ids.addAll(filling);
        ids.forEach(id -> dogs.insertOne(new BsonDocument("_id", id)
                .append("grams", new BsonInt32(1000))
                .append("nan", new BsonDouble(Double.NaN))
                .append("reference", BsonDocument.parse("{$ref: 'x', $id: 1, b: 1}"))));
        List<BsonValue> calls = new ArrayList<>();

        BackfillStatus status = TestBackfills.of(mongo, new WeightInKg() {
                    @Override
                    public Change change(RawBsonDocument dog) {
                        calls.add(dog.get("_id"));
                        return super.change(dog);
                    }
                })
                .run(ID);

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(status.progress().done()).isEqualTo(ids.size());
        assertThat(dogs.countDocuments(Filters.eq("kg", 1))).isEqualTo(ids.size());
        assertThat(calls)
                .containsExactlyElementsOf(dogs.find()
                        .sort(new BsonDocument("_id", new BsonInt32(1)))
                        .map(dog -> dog.get("_id"))
                        .into(new ArrayList<>()));
    }

    @Test
    void documentsWhoseChangeThrowsAreSetAsideAndTriedAgain(TestMongo mongo) {
        insertDogs(mongo, 300);
        dogs(mongo).updateMany(Filters.in("_id", 7, 250), Updates.set("grams", "heavy"));
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg());

        BackfillStatus failed = backfills.run(ID);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.error()).isEqualTo("2 documents could not be changed, and were set aside");
        assertThat(failed.progress().done()).isEqualTo(298);
        assertThat(failed.progress().setAside()).isEqualTo(2);
        assertThat(backfills.setAside(ID))
                .extracting(SetAsideDocument::document)
                .containsExactlyInAnyOrder(new BsonInt32(7), new BsonInt32(250));
        assertThat(backfills.setAside(ID))
                .allSatisfy(document -> assertThat(document.error()).contains("BsonInvalidOperationException"));
        assertThat(backfills.run(ID).state()).as("a failed backfill waits").isEqualTo(State.FAILED);

        dogs(mongo).updateOne(Filters.eq("_id", 7), Updates.set("grams", 7000));
        backfills.retryFailed(ID);
        assertThat(backfills.status(ID).state()).isEqualTo(State.PENDING);
        assertThat(backfills.run(ID).progress().setAside()).isEqualTo(1);
        assertThat(backfills.setAside(ID))
                .extracting(SetAsideDocument::document)
                .containsExactly(new BsonInt32(250));
        dogs(mongo).deleteOne(Filters.eq("_id", 250));
        backfills.retryFailed(ID);
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        assertThat(backfills.setAside(ID)).isEmpty();
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(299);
    }

    @Test
    void aUniqueIndexThatForbidsTheValueSetsDocumentsAside(TestMongo mongo) {
        insertDogs(mongo, 20);
        dogs(mongo).updateOne(Filters.eq("_id", 9), Updates.set("grams", 4000));
        dogs(mongo)
                .createIndex(
                        Indexes.ascending("kg"), new IndexOptions().unique(true).sparse(true));
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg());

        assertThat(backfills.run(ID).state()).isEqualTo(State.FAILED);

        assertThat(backfills.setAside(ID)).singleElement().satisfies(document -> {
            assertThat(document.document()).isEqualTo(new BsonInt32(9));
            assertThat(document.error()).contains("(11000)");
        });
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(19);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aValidatorThatForbidsTheValueSetsDocumentsAside(TestMongo mongo) {
        mongo.database()
                .createCollection(
                        "dogs",
                        new CreateCollectionOptions()
                                .validationOptions(new ValidationOptions().validator(Filters.ne("kg", 5))));
        insertDogs(mongo, 20);
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg());

        assertThat(backfills.run(ID).state()).isEqualTo(State.FAILED);

        assertThat(backfills.setAside(ID)).singleElement().satisfies(document -> {
            assertThat(document.document()).isEqualTo(new BsonInt32(5));
            assertThat(document.error()).contains("(121)");
        });
    }

    @Test
    void tooManyRejectedDocumentsStopTheBackfill(TestMongo mongo) {
        insertDogs(mongo, 20);
        dogs(mongo).updateMany(Filters.gte("_id", 10), Updates.set("grams", "heavy"));
        Backfills backfills = TestBackfills.of(
                TestBackfills.environment(mongo),
                new WeightInKg(),
                new BackfillSettings("monarch.history", "default", TestBackfills.QUICK_LOCK, Rate.DEFAULT, false, 2));

        BackfillStatus failed = backfills.run(ID);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.error())
                .startsWith("More than 2 documents could not be changed. The last one has the _id 12:");
        assertThat(backfills.setAside(ID)).hasSize(2);
    }

    @Test
    void aChangeThatNeverEndsFailsAfterTheFirstBatch(TestMongo mongo) {
        insertDogs(mongo, 500);
        Backfills backfills = TestBackfills.of(mongo, new DocumentBackfill() {
            @Override
            public BackfillSource source() {
                return BackfillSource.of("dogs");
            }

            @Override
            public Change change(RawBsonDocument dog) {
                return Change.set("grams", dog.getInt32("grams").getValue() * 2);
            }
        });

        BackfillStatus failed = backfills.run(ID);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.error())
                .startsWith("The change never ends: 100 documents that it has changed still match")
                .contains("with the _id 1, 2, 3, 4, 5.");
        assertThat(dogs(mongo).find(Filters.eq("_id", 3)).first())
                .as("changed once")
                .isEqualTo(BsonDocument.parse("{_id: 3, grams: 6000}"));
    }

    @Test
    void documentsThatOthersChangeOrInsertMeanwhileAreReadAgain(TestMongo mongo) {
        insertDogs(mongo, 200);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg() {
            @Override
            public Change change(RawBsonDocument dog) {
                int id = dog.getInt32("_id").getValue();
                if (id > 0 && seen.add(id) && id % 10 == 0) {
                    // What an old instance does while this document has been read and is not yet written.
                    dogs(mongo).updateOne(Filters.eq("_id", id), Updates.inc("grams", 500_000));
                    dogs(mongo).insertOne(BsonDocument.parse("{_id: " + -id + ", grams: 1000}"));
                }
                return super.change(dog);
            }
        });

        BackfillStatus status = backfills.run(ID);

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).find(Filters.eq("_id", 30)).first())
                .isEqualTo(BsonDocument.parse("{_id: 30, grams: 530000, kg: 530}"));
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg", false))).isZero();
        assertThat(status.progress().done()).isEqualTo(dogs(mongo).countDocuments());
    }

    @Test
    void aCollectionThatDoesNotExistHasNothingToDo(TestMongo mongo) {
        assertThat(TestBackfills.of(mongo, new WeightInKg()).run(ID).state()).isEqualTo(State.DONE);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aViewIsRefused(TestMongo mongo) {
        insertDogs(mongo, 1);
        mongo.database().createView("dogs_view", "dogs", List.of());
        BackfillStatus failed = TestBackfills.of(mongo, new WeightInKg() {
                    @Override
                    public BackfillSource source() {
                        return BackfillSource.of("dogs_view");
                    }
                })
                .run(ID);

        assertThat(failed.error()).startsWith("'dogs_view' is a view");
    }
}
