package dev.monarch.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;

/** A primary that steps down during a write reports that for each document that is left. */
@MongoTest
class BackfillFaultTests {

    private static final int DOGS = 50;

    private static final Fault STEPPED_DOWN = new Fault.Refused(
            BsonDocument.parse(
                    "{ok: 1, n: 0, nModified: 0, code: 0,"
                            + " writeErrors: [{index: 0, code: 10107, errmsg: 'not primary'}, {index: 1, code: 10107, errmsg: 'not primary'}]}"));

    private static final Fault NOT_PRIMARY = new Fault.Refused(
            BsonDocument.parse("{ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary'}"));

    private final TestMongo mongo;

    private final FaultyLine line;

    private final MongoClient client;

    BackfillFaultTests(TestMongo mongo) {
        this.mongo = mongo;
        this.line = FaultyLine.to(mongo);
        this.client = MongoClients.create(line.uri());
    }

    @BeforeEach
    void insert() {
        insertDogs(mongo, DOGS);
    }

    @AfterEach
    void close() {
        client.close();
        line.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "insert"})
    void aStepDownRejectsNoDocument(String command) {
        stepDownIn(command, command.equals("update") ? "dogs" : "monarch.originals.");

        BackfillStatus status = backfills().run(ID);

        assertThat(line.left()).isZero();
        assertThat(backfills().setAside(ID)).isEmpty();
        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(DOGS);
    }

    @Test
    void aStepDownLeavesNoDocumentThatIsUndone() {
        assertThat(backfills().run(ID).state()).isEqualTo(State.DONE);
        stepDownIn("update", "dogs");

        UndoReport report = backfills().undo(ID, Approval.confirmed());

        assertThat(line.left()).isZero();
        assertThat(report.documents()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isZero();
    }

    /** Documents that were changed before their checkpoint failed count as changes of the pass, so another pass follows. */
    @Test
    void aPassWhoseCheckpointFailedOnceIsNotTheLastOne() {
        dogs(mongo).deleteMany(new BsonDocument());
        for (int id = 1; id <= 250; id++) {
            if (id != 50 && id != 155) {
                dogs(mongo).insertOne(dog(id).append("kg", new BsonInt32(1)));
            }
        }
        dogs(mongo).insertOne(dog(900));
        List<Integer> calls = new ArrayList<>();
        MonarchEnvironment environment =
                MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName());
        Backfills backfills = TestBackfills.of(
                environment,
                new WeightInKg() {
                    @Override
                    public Change change(RawBsonDocument dog) {
                        int id = dog.getInt32("_id").getValue();
                        calls.add(id);
                        if (id == 900) {
                            // An old instance inserts a document behind the first pass.
                            dogs(mongo).insertOne(dog(155));
                        }
                        if (id == 155) {
                            // And another one behind the second pass, whose checkpoint fails.
                            dogs(mongo).insertOne(dog(50));
                            line.fail(
                                    sent -> sent.isString("findAndModify")
                                            && sent.getString("findAndModify")
                                                    .getValue()
                                                    .equals("monarch.backfills"),
                                    2,
                                    NOT_PRIMARY);
                        }
                        return super.change(dog);
                    }
                },
                TestBackfills.FULL);
        // A hundred documents in each batch.
        backfills.rate(ID, new Backfills.Rate(1.0, 200L));

        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);

        assertThat(line.left()).isZero();
        assertThat(calls).containsExactly(900, 155, 50);
    }

    @Test
    void originalsDoNotFillTheDisk() {
        AtomicInteger used = new AtomicInteger(96);
        line.amend(
                "dbStats",
                answer -> BsonDocument.parse("{ok: 1, fsTotalSize: 100.0, fsUsedSize: " + used.get() + ".0}"));

        BackfillStatus failed = backfills().run(ID);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.error()).startsWith("The disk of the server has less than 5 % free");
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isZero();
        used.set(94);
        backfills().retryFailed(ID);
        assertThat(backfills().run(ID).state()).isEqualTo(State.DONE);
    }

    private static BsonDocument dog(int id) {
        return BsonDocument.parse("{_id: " + id + ", grams: 1000}");
    }

    private void stepDownIn(String command, String collection) {
        line.fail(
                sent -> sent.isString(command)
                        && sent.getString(command).getValue().startsWith(collection),
                2,
                STEPPED_DOWN);
    }

    private Backfills backfills() {
        return TestBackfills.keeping(
                MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()), new WeightInKg());
    }
}
