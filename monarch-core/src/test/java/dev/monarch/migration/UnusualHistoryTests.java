package dev.monarch.migration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.monarch.environment.Approval;
import dev.monarch.migration.HistoryImport.CustomHistory;
import dev.monarch.migration.HistoryImport.Tool;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Entries of other tools without times, repeated, or with values of other types. */
@MongoTest
class UnusualHistoryTests {

    private MongoDatabase database;

    private TestMigrations migrations;

    @BeforeEach
    void open(TestMongo mongo) {
        database = mongo.database();
        migrations = TestMigrations.on(mongo);
    }

    /** Two processes that show a migration write one entry each, and only one of them is updated. */
    @Test
    void anEntryOfMonarchInPythonThatWasOnlyShownSaysNothing() {
        OtherTools.insert(
                database,
                "mongo_migration_history",
                new Document("key", "_1_dogs_migration").append("state", "Completed"),
                new Document("key", "_1_dogs_migration").append("state", "New"),
                new Document("key", "_2_houses_migration").append("state", "New"),
                new Document("key", "_3_gone_migration").append("state", "New"));
        migrations.withRecording("1_dogs", "2_houses");

        migrations.migrator().importHistory(HistoryImport.from(Tool.MONARCH), Approval.none());
        migrations.migrate();

        assertThat(migrations.ran()).containsExactly("2_houses");
    }

    @Test
    void withoutTimesTheNewestEntryIsTheOneInsertedLast() {
        OtherTools.insert(
                database,
                "flamingockAuditLog",
                flamingock("1", "FAILED").append("_id", new ObjectId("665000000000000000000001")),
                flamingock("1", "APPLIED").append("_id", new ObjectId("665000000000000000000002")),
                flamingock("2", "ROLLED_BACK").append("_id", new ObjectId("665000000000000000000003")),
                flamingock("2", "APPLIED").append("_id", new ObjectId("665000000000000000000004")),
                flamingock("3", "APPLIED").append("_id", "a"),
                flamingock("3", "STARTED").append("_id", "b"),
                flamingock("4", "APPLIED").append("_id", "c"),
                flamingock("4", "APPLIED").append("_id", "d"),
                flamingock("migration-from-mongock", "APPLIED"),
                flamingock("system-change-00001", "APPLIED"));
        migrations.withRecording("1", "2", "3", "4", "5");

        migrations.migrator().importHistory(HistoryImport.from(Tool.FLAMINGOCK), Approval.none());

        assertThat(migrations.history())
                .extracting(entry -> entry.id() + " " + entry.state())
                .containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED", "4 APPLIED");
    }

    @Test
    void entriesWithoutAnyOrderThatDifferAreAConflict() {
        OtherTools.insert(
                database,
                "mongockChangeLog",
                mongock("1", "EXECUTED").append("_id", 1),
                mongock("1", "ROLLED_BACK").append("_id", 2),
                mongock("2", "EXECUTED").append("_id", 3),
                mongock("2", "FAILED").append("_id", 4));
        migrations.withRecording("1", "2");

        assertThat(migrations
                        .migrator()
                        .planImport(HistoryImport.from(Tool.MONGOCK))
                        .conflicts())
                .containsExactly("Several entries belong to '1', and they differ: '1' is EXECUTED by dev, '1' is"
                        + " ROLLED_BACK by dev. Ignore those that do not count.");
    }

    @Test
    void idsAndTimesMayHaveAnyType() {
        List<Object> times = List.of(
                "2024-05-01T10:00:00Z",
                "2024-05-01 12:00:00.000+0200",
                "2024-05-01 10:00:00",
                1_714_557_600L,
                1_714_557_600_000.0,
                new BsonTimestamp(1_714_557_600, 1),
                new ObjectId("663212a00000000000000000"));
        for (int i = 0; i < times.size(); i++) {
            OtherTools.insert(
                    database,
                    "ours",
                    new Document("version", i % 2 == 0 ? (Object) (double) i : i).append("at", times.get(i)));
            migrations.withRecording(Integer.toString(i));
        }
        OtherTools.insert(database, "ours", new Document("version", 7.0).append("at", "yesterday"));
        migrations.withRecording("7");

        migrations
                .migrator()
                .importHistory(
                        HistoryImport.from(new CustomHistory("ours", "version", "at", Filters.exists("version"), null)),
                        Approval.none());

        assertThat(migrations.history().subList(0, times.size()))
                .allSatisfy(entry ->
                        assertThat(entry.finishedAt()).as(entry.id()).isEqualTo(Instant.parse("2024-05-01T10:00:00Z")));
        assertThat(migrations.entry("7").finishedAt()).isNull();
    }

    @Test
    void aStateOfAnyOtherTypeIsUnknown() {
        migrations.withRecording("1");
        for (Object state : List.of(true, new Document("name", "EXECUTED"), 1, "")) {
            database.getCollection("mongockChangeLog").drop();
            OtherTools.insert(
                    database,
                    "mongockChangeLog",
                    OtherTools.mongock("1", "EXECUTED", 0).append("_id", 1).append("state", state));

            assertThat(planned(Tool.MONGOCK))
                    .singleElement()
                    .asString()
                    .startsWith("The document with _id {\"_id\": 1} in 'mongockChangeLog' has the state '")
                    .endsWith("', which Monarch does not know.");
        }
    }

    @Test
    void aTimeThatIsNoNumberIsUnknown() {
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("1", "EXECUTED", 0).append("timestamp", Double.NaN));
        migrations.withRecording("1");

        migrations.migrator().importHistory(HistoryImport.from(Tool.MONGOCK), Approval.none());

        assertThat(migrations.entry("1").finishedAt()).isNull();
    }

    @Test
    void aLockThatDoesNotExpireIsHeld() {
        OtherTools.insert(database, "dbchangelog", OtherTools.mongobee("1"));
        OtherTools.insert(database, "mongobeelock", new Document("key", "LOCK").append("status", "LOCK_HELD"));
        OtherTools.insert(
                database, "changelog", new Document("fileName", "1.js").append("appliedAt", OtherTools.at(0)));
        OtherTools.insert(database, "changelog_lock", new Document("createdAt", OtherTools.at(0)));
        migrations.withRecording("1");

        assertThat(planned(Tool.MONGOBEE))
                .containsExactly(
                        "The lock of Mongobee ('mongobeelock') is held: it may be migrating now. Wait until it has"
                                + " ended. This lock does not expire: if no migration is running, remove the document"
                                + " from 'mongobeelock'.");
        assertThat(planned(Tool.MIGRATE_MONGO))
                .containsExactly("The lock of migrate-mongo ('changelog_lock') is held: it may be migrating now. Stop"
                        + " it, or wait until its lock expires.");

        database.getCollection("mongobeelock").drop();
        database.getCollection("changelog_lock").drop();
        assertThat(planned(Tool.MONGOBEE)).isEmpty();
        assertThat(planned(Tool.MIGRATE_MONGO)).isEmpty();
    }

    /** The entry that was meant would be found by its name. */
    @Test
    void aMappedIdWithWrongPunctuationIsAConflict() {
        OtherTools.insert(database, "mongockChangeLog", OtherTools.mongock("dogs", "EXECUTED", 0));
        migrations.withRecording("1-dogs");
        HistoryImport request = HistoryImport.from(Tool.MONGOCK);

        assertThat(migrations
                        .migrator()
                        .planImport(request.mapping(Map.of("\"dogs\"", "")))
                        .conflicts())
                .containsExactly("The mapping has '\"dogs\"', which is not in the history. Did you mean 'dogs'?");
        assertThat(migrations
                        .migrator()
                        .planImport(request.mapping(Map.of("dogs", "1-dogs", "Dogs", "")))
                        .conflicts())
                .isEmpty();
    }

    private List<String> planned(Tool tool) {
        return migrations.migrator().planImport(HistoryImport.from(tool)).conflicts();
    }

    private static Document mongock(String id, String state) {
        Document entry = OtherTools.mongock(id, state, 0);
        entry.remove("timestamp");
        return entry;
    }

    private static Document flamingock(String id, String state) {
        Document entry = OtherTools.flamingock(id, state, 0);
        entry.remove("createdAt");
        return entry;
    }
}
