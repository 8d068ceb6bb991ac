package dev.monarch.migration;

import java.time.Instant;
import java.util.List;

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
