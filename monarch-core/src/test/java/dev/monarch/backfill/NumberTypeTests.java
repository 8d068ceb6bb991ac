package dev.monarch.backfill;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.backfill.Backfills.UndoReport.LeftDocument;
import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static org.assertj.core.api.Assertions.assertThat;

/** Someone else changes only the type of a number, after a document was read and before it is written. */
@MongoTest(topology = Topology.REPLICA_SET)
class NumberTypeTests {

    private final TestMongo mongo;

    NumberTypeTests(TestMongo mongo) {
        this.mongo = mongo;
    }

    /** What a backfill writes, together with the field {@code done}. */
    private enum Written {
        FIELD {
            @Override
            Change of(RawBsonDocument dog) {
                return Change.set("grams", dog.get("grams")).set("done", true);
            }
        },

        PATH {
            @Override
            Change of(RawBsonDocument dog) {
                return Change.set("food.grams", dog.getDocument("food").get("grams"))
                        .set("done", true);
            }
        },

        DOCUMENT {
            @Override
            Change of(RawBsonDocument dog) {
                return Change.replace(BsonDocument.parse("{done: true}")
                        .append("grams", dog.get("grams"))
                        .append("food", dog.get("food")));
            }
        },

        NOTHING {
            @Override
            Change of(RawBsonDocument dog) {
                return dog.isDouble("grams") ? Change.set("done", true) : Change.delete();
            }
        };

        abstract Change of(RawBsonDocument dog);
    }

    @ParameterizedTest
    @EnumSource
    void aBackfillKeepsTheType(Written written) {
        dogs(mongo).insertOne(BsonDocument.parse("{_id: 1, grams: 5000, food: {grams: 300}}"));
        BsonDocument others = BsonDocument.parse("{_id: 1, grams: 5000.0, food: {grams: 300.0}}");
        AtomicBoolean first = new AtomicBoolean(true);
        Backfills backfills = TestBackfills.of(mongo, new DocumentBackfill() {
            @Override
            public BackfillSource source() {
                return BackfillSource.of("dogs", Filters.exists("done", false));
            }

            @Override
            public Change change(RawBsonDocument dog) {
                if (first.getAndSet(false)) {
                    write(others);
                }
                return written.of(dog);
            }
        });

        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);

        assertThat(dogs(mongo).find()).containsExactly(others.clone().append("done", BsonBoolean.TRUE));
    }

    @Test
    void anUndoLeavesTheDocument() {
        TestBackfills.insertDogs(mongo, 3);
        BsonDocument others = BsonDocument.parse("{_id: 2, grams: 2000.0, kg: 2}");
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            Backfills backfills = TestBackfills.keeping(
                    MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()),
                    new WeightInKg());
            assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
            line.fail(
                    sent -> isUpdate(sent) && write(others), 1, new Fault.Amended("nothing", UnaryOperator.identity()));

            UndoReport report = backfills.undo(ID, Approval.confirmed());

            assertThat(line.left()).isZero();
            assertThat(report.undone()).isEqualTo(2);
            assertThat(report.documents())
                    .containsExactly(new LeftDocument("dogs", new BsonInt32(2), "it was changed since"));
            assertThat(dogs(mongo).find(Filters.eq("_id", 2)).first()).isEqualTo(others);
        }
    }

    private static boolean isUpdate(BsonDocument command) {
        return command.isString("update")
                && command.getString("update").getValue().equals("dogs");
    }

    private boolean write(BsonDocument dog) {
        return dogs(mongo).replaceOne(Filters.eq("_id", dog.get("_id")), dog).getModifiedCount() == 1;
    }
}
