package dev.monarch.migration;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.environment.Approval;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A migration that keeps what documents were is undone. */
@MongoTest
class RecordedChangeTests {

    private static final String ID = "1-kilograms";

    private final TestMigrations migrations;

    private final MongoCollection<BsonDocument> dogs;

    RecordedChangeTests(TestMongo mongo) {
        migrations = TestMigrations.on(mongo);
        dogs = mongo.database().getCollection("dogs", BsonDocument.class);
        dogs.insertMany(IntStream.rangeClosed(1, 1500)
                .mapToObj(RecordedChangeTests::dog)
                .toList());
    }

    private static BsonDocument dog(int id) {
        return new BsonDocument("_id", new BsonInt32(id)).append("grams", new BsonInt32(id * 1000));
    }

    private Backfills backfills() {
        return new Backfills(migrations.environment(), BackfillSet.of(List.of()), BackfillSettings.DEFAULT);
    }

    @Test
    void onlyDocumentsThatOthersHaveChangedSinceAreLeft() {
        long[] changed = {0, 0, 0, 0};
        migrations.with(ID, context -> {
            var recording = context.recording("dogs");
            changed[0] = recording.change(Filters.lte("_id", 1400), RecordedChangeTests::kilograms);
            changed[1] = recording.change(Filters.gt("_id", 1490), Change.delete());
            changed[2] = recording.change(
                    Filters.and(Filters.gt("_id", 1400), Filters.lte("_id", 1490)),
                    Change.replace(BsonDocument.parse("{old: true}")));
            changed[3] =
                    recording.change(Filters.eq("_id", 1), Change.unset("kg").set("tons", 0));
        });
        assertThat(migrations.migrate().applied()).hasSize(1);
        assertThat(changed).containsExactly(1400, 10, 90, 1);
        assertThat(dogs.countDocuments(Filters.exists("grams"))).isZero();
        dogs.updateOne(Filters.eq("_id", 7), Updates.set("name", "of the application"));

        assertThat(backfills().originals(ID)).containsEntry("dogs", 1500L);
        UndoReport report = backfills().undo(ID, Approval.confirmed());

        assertThat(report.undone()).isEqualTo(1499);
        assertThat(report.left()).isEqualTo(1);
        assertThat(report.documents())
                .singleElement()
                .satisfies(left -> assertThat(left.document()).isEqualTo(new BsonInt32(7)));
        assertThat(dogs.countDocuments(Filters.exists("grams"))).isEqualTo(1499);
        assertThat(dogs.find(Filters.eq("_id", 1)).first()).isEqualTo(dog(1));
        assertThat(dogs.find(Filters.eq("_id", 1500)).first()).isEqualTo(dog(1500));
        assertThat(migrations.migrator().status())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(MigrationStatus.State.APPLIED));
        assertThat(backfills().statuses()).as("it is no backfill").isEmpty();
        assertThat(migrations.lockDocument()).doesNotContainKey("token");
    }

    private static Change kilograms(RawBsonDocument dog) {
        return Change.set("kg", dog.getInt32("grams").getValue() / 1000).unset("grams");
    }

    @Test
    void aDocumentThatCannotBeChangedEndsTheMigrationWhichContinuesThen() {
        dogs.createIndex(
                Indexes.ascending("kg"), new IndexOptions().unique(true).sparse(true));
        dogs.updateOne(Filters.eq("_id", 9), Updates.set("grams", 4000));
        migrations.with(
                ID,
                context -> context.recording("dogs").change(Filters.exists("grams"), RecordedChangeTests::kilograms));

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withStackTraceContaining("The document of 'dogs' with the _id 9 could not be changed")
                .withStackTraceContaining("(11000)");

        dogs.updateOne(Filters.eq("_id", 9), Updates.set("grams", 9000));
        assertThat(migrations.migrate().applied()).hasSize(1);
        assertThat(dogs.countDocuments(Filters.exists("kg"))).isEqualTo(1500);
        assertThat(backfills().undo(ID, Approval.confirmed()).undone()).isEqualTo(1500);
        assertThat(dogs.find(Filters.eq("_id", 9)).first()).isEqualTo(dog(9));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aTransactionalMigrationRecordsToo() {
        MigrationPolicy policy = new MigrationPolicy(true, Run.ONCE, "", OnInterrupted.RETRY, Set.of(), Set.of());
        boolean[] fails = {true};
        migrations.with(ID, policy, context -> {
            context.recording("dogs").change(Filters.lte("_id", 20), RecordedChangeTests::kilograms);
            if (fails[0]) {
                throw new IllegalStateException("on purpose");
            }
        });
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);
        assertThat(dogs.countDocuments(Filters.exists("kg"))).isZero();
        fails[0] = false;
        migrations.migrate();
        assertThat(dogs.countDocuments(Filters.exists("kg"))).isEqualTo(20);
        assertThat(backfills().undo(ID, Approval.confirmed()).undone()).isEqualTo(20);
        assertThat(dogs.countDocuments(Filters.exists("grams"))).isEqualTo(1500);
    }

    @Test
    void aCollectionThatDoesNotExistHasNothingToChange() {
        migrations.with(
                ID,
                context -> assertThat(context.recording("cats").change(Filters.empty(), Change.delete()))
                        .isZero());
        assertThat(migrations.migrate().applied()).hasSize(1);
    }
}
