package dev.monarch.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.InvalidRequestException;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.HistoryImport.CustomHistory;
import dev.monarch.migration.HistoryImport.ImportPlan;
import dev.monarch.migration.HistoryImport.ImportedEntry;
import dev.monarch.migration.HistoryImport.Outcome;
import dev.monarch.migration.HistoryImport.Tool;
import dev.monarch.migration.HistoryImport.ToolHistory;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Imports of the histories of other migration tools. */
@MongoTest
class HistoryImportTests {

    private static final HistoryImport MONGOCK = HistoryImport.from(Tool.MONGOCK);

    private MongoDatabase database;

    private TestMigrations migrations;

    @BeforeEach
    void open(TestMongo mongo) {
        database = mongo.database();
        migrations = TestMigrations.on(mongo);
    }

    @Test
    void whatMongockHasAppliedDoesNotRunAgain() {
        OtherTools.insert(
                database, "mongockChangeLog", OtherTools.internalsOfMongock().toArray(Document[]::new));
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("2-houses", "EXECUTED", 2),
                OtherTools.mongock("1-dogs", "EXECUTED", 3),
                OtherTools.legacyInMongock("0-legacy"));
        List<BsonDocument> before = documents("mongockChangeLog");
        migrations.withRecording("0-legacy", "1-dogs", "2-houses", "3-cats");

        ImportPlan plan = migrations.migrator().planImport(MONGOCK);
        assertThat(documents("monarch.history")).isEmpty();
        assertThat(plan.source()).isEqualTo("the history of Mongock in 'mongockChangeLog'");
        assertThat(outcomes(plan))
                .containsExactlyInAnyOrder("0-legacy APPLIED", "1-dogs APPLIED", "2-houses APPLIED", "3-cats NEW");

        assertThat(run(MONGOCK)).isEqualTo(plan);
        assertThat(migrations.migrate().applied())
                .extracting(applied -> applied.id())
                .containsExactly("3-cats");
        assertThat(migrations.history())
                .extracting(HistoryEntry::id, HistoryEntry::state, HistoryEntry::sequence, HistoryEntry::importing)
                .containsExactly(
                        tuple("0-legacy", MigrationState.APPLIED, 1L, null),
                        tuple("1-dogs", MigrationState.APPLIED, 3L, null),
                        tuple("2-houses", MigrationState.APPLIED, 2L, null),
                        tuple("3-cats", MigrationState.APPLIED, 4L, null));
        assertThat(migrations.entry("1-dogs").finishedAt()).isEqualTo(OtherTools.DAY.plusSeconds(180));
        assertThat(documents("monarch.history")
                        .get(0)
                        .getArray("trail")
                        .get(0)
                        .asDocument()
                        .getString("reason")
                        .getValue())
                .startsWith(
                        "imported from the history of Mongock in 'mongockChangeLog': EXECUTED by dev at 2024-05-01T10:0");
        assertThat(documents("mongockChangeLog")).isEqualTo(before);
    }

    @Test
    void aSecondImportHasNothingToDo() {
        OtherTools.insert(database, "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 0));
        migrations.withReversible("1", "2");
        run(MONGOCK);
        List<BsonDocument> before = documents("monarch.history");
        BsonDocument lock = migrations.lockDocument();

        assertThat(run(MONGOCK).changes()).isEmpty();
        assertThat(documents("monarch.history")).isEqualTo(before);
        assertThat(migrations.lockDocument()).isEqualTo(lock);

        // What Monarch does afterwards counts, not what the other tool said once.
        migrations.migrator().rollback(RollbackTarget.one("1"), Approval.none());
        assertThat(outcomes(run(MONGOCK))).containsExactlyInAnyOrder("1 RECORDED", "2 NEW");
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    static Stream<Arguments> tools() {
        return Stream.of(Tool.values())
                .map(tool -> Arguments.of(
                        tool,
                        switch (tool) {
                            case MONGOCK -> "mongockChangeLog";
                            case FLAMINGOCK -> "flamingockAuditLog";
                            case MONGOBEE -> "dbchangelog";
                            case MIGRATE_MONGO -> "changelog";
                            case MONARCH -> "mongo_migration_history";
                            case MIGOPY -> "migrations";
                            case ALLEY -> "db_migrations";
                        }));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theHistoryOfEachToolIsRead(Tool tool, String collection) {
        OtherTools.insert(database, collection, Objects.requireNonNull(OtherTools.APPLIED.get(collection)));
        migrations.withRecording("1_dogs", "2_houses");

        assertThat(outcomes(migrations.migrator().planImport(HistoryImport.from(tool))))
                .containsExactlyInAnyOrder("1_dogs APPLIED", "2_houses NEW");
        run(HistoryImport.ofOnlyHistory());
        migrations.migrate();
        assertThat(migrations.ran()).containsExactly("2_houses");
    }

    @Test
    void theMigrationsOfMonarchInPythonMayHaveAStatus() {
        OtherTools.insert(
                database,
                "migrations",
                new Document("name", "_201405290038_add_indexes_migration").append("status", "Completed"),
                new Document("name", "_201405290039_more_migration").append("status", "Processing"));
        migrations.withRecording("201405290038_add_indexes", "201405290039_more");

        assertThat(outcomes(run(HistoryImport.from(Tool.MONARCH))))
                .containsExactlyInAnyOrder("201405290038_add_indexes APPLIED", "201405290039_more FAILED");
    }

    /** Mongock writes an entry for each execution; what it considers executed is imported as applied. */
    @Test
    void theStateIsThatOfTheOtherTool() {
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("1", "FAILED", 1),
                OtherTools.mongock("1", "EXECUTED", 2),
                OtherTools.mongock("1", "IGNORED", 3),
                OtherTools.mongock("2", "EXECUTED", 1),
                OtherTools.mongock("2", "FAILED", 2),
                OtherTools.mongock("3", "EXECUTED", 1),
                OtherTools.mongock("3", "ROLLED_BACK", 2),
                OtherTools.mongock("4", "FAILED", 1),
                OtherTools.mongock("5", "ROLLBACK_FAILED", 1));
        OtherTools.insert(
                database,
                "flamingockAuditLog",
                OtherTools.flamingock("6", "STARTED", 1),
                OtherTools.flamingock("6", "APPLIED", 1),
                OtherTools.flamingock("7", "STARTED", 1),
                OtherTools.flamingock("8", "FAILED", 1),
                OtherTools.flamingock("8", "MANUAL_MARKED_AS_APPLIED", 2));
        migrations.withRecording("1", "2", "3", "4", "5", "6", "7", "8");

        run(MONGOCK);
        run(HistoryImport.from(Tool.FLAMINGOCK));

        assertThat(migrations.history())
                .extracting(entry -> entry.id() + " " + entry.state() + " " + entry.attempts())
                .containsExactly(
                        "1 APPLIED 0",
                        "2 APPLIED 0",
                        "4 FAILED 1",
                        "5 ROLLING_BACK 1",
                        "6 APPLIED 0",
                        "7 INTERRUPTED 1",
                        "8 APPLIED 0");
        assertThat(migrations.entry("4").reason()).contains("'mongockChangeLog': FAILED by dev");
    }

    @Test
    void anyOtherHistoryIsReadByTheNamesOfItsFields() {
        OtherTools.insert(
                database,
                "ours",
                new Document("what", new Document("id", 1L))
                        .append("when", OtherTools.at(1))
                        .append("state", "DONE"),
                new Document("what", new Document("id", 2)).append("state", "DONE"),
                new Document("what", new Document("id", 3)).append("state", "BROKEN"));
        migrations.withRecording("1", "2", "3");

        run(HistoryImport.from(new CustomHistory("ours", "what.id", "when", Filters.eq("state", "DONE"), null)));

        assertThat(migrations.history())
                .extracting(HistoryEntry::id, HistoryEntry::state, HistoryEntry::finishedAt)
                .containsExactly(
                        tuple("1", MigrationState.APPLIED, OtherTools.DAY.plusSeconds(60)),
                        tuple("2", MigrationState.APPLIED, null));
    }

    @Test
    void aHistoryMayBeInAnotherDatabaseAndCollection(TestMongo mongo) {
        MongoDatabase other = mongo.client().getDatabase(mongo.databaseName() + "_o");
        try {
            OtherTools.insert(other, "log", OtherTools.mongock("1", "EXECUTED", 0));
            migrations.withRecording("1");

            ImportPlan done = run(HistoryImport.from(new ToolHistory(Tool.MONGOCK, "log", other.getName())));

            assertThat(done.source()).isEqualTo("the history of Mongock in '" + other.getName() + ".log'");
            assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.APPLIED);
        } finally {
            other.drop();
        }
    }

    @Test
    void idsAreFoundByTheirNamesOrByAMapping() {
        String odd = "Ünïcode / \"quoted\" $dollar.dot " + "x".repeat(300);
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("dogs", "EXECUTED", 1),
                OtherTools.mongock("002_houses", "EXECUTED", 2),
                OtherTools.mongock(odd, "EXECUTED", 3),
                OtherTools.mongock("gone", "EXECUTED", 4));
        migrations.withRecording("001-dogs", "002_houses", "003-cats");

        ImportPlan done = run(MONGOCK.mapping(Map.of(odd, "003-cats", "gone", "", "not there", "003-cats")));

        assertThat(outcomes(done))
                .containsExactly("001-dogs APPLIED", "002_houses APPLIED", "003-cats APPLIED", "gone IGNORED");
        assertThat(migrations.migrator().plan().isUpToDate()).isTrue();
    }

    @Test
    void allConflictsAreListedAndNothingIsWritten() {
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("1-dog", "EXECUTED", 1),
                OtherTools.mongock("rolled-back-and-gone", "ROLLED_BACK", 1),
                OtherTools.mongock("names", "EXECUTED", 1),
                OtherTools.mongock("moved", "EXECUTED", 1),
                OtherTools.mongock("2-houses", "me", "EXECUTED", 1),
                OtherTools.mongock("2-houses", "you", "FAILED", 1),
                OtherTools.mongock("3-cats", "EXECUTED", 1),
                OtherTools.mongock("5-sheep", "PONDERING", 1).append("_id", 7),
                new Document("_id", new ObjectId("0123456789abcdef01234567")).append("author", "dev"));
        migrations
                .with("3-cats", context -> {
                    throw new IllegalStateException("no");
                })
                .withRecording("1-dogs", "2-houses", "4-names", "5-names", "5-sheep");
        assertThatThrownBy(() -> migrations.migrator().migrate(MigrationTarget.one("3-cats")));
        List<BsonDocument> before = documents("monarch.history");
        HistoryImport request = MONGOCK.mapping(Map.of("moved", "9-nowhere"));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> run(request))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "'1-dog' (EXECUTED by dev at 2024-05-01T10:01:00Z) is not a migration of this application. Map"
                                        + " it to one, or ignore it. Did you mean 1-dogs?",
                                "'names' may be any of '4-names', '5-names': map it to one of them.",
                                "'moved' is mapped to '9-nowhere', which is not a migration of this application.",
                                "Several entries belong to '2-houses', and they differ: '2-houses' is EXECUTED by me at"
                                        + " 2024-05-01T10:01:00Z, '2-houses' is FAILED by you at 2024-05-01T10:01:00Z. Ignore"
                                        + " those that do not count.",
                                "'3-cats' is FAILED in Monarch's history, and EXECUTED by dev at 2024-05-01T10:01:00Z in the"
                                        + " other: resolve it first.",
                                "The document with _id {\"_id\": 7} in 'mongockChangeLog' has the state 'PONDERING', which"
                                        + " Monarch does not know.",
                                "The document with _id 0123456789abcdef01234567 in 'mongockChangeLog' has no id in the field"
                                        + " 'changeId'."));
        assertThat(documents("monarch.history")).isEqualTo(before);
    }

    @Test
    void unknownEntriesMayBeSkipped() {
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("1", "EXECUTED", 1),
                OtherTools.mongock("gone", "EXECUTED", 1));
        migrations.withRecording("1");

        assertThat(migrations.migrator().planImport(MONGOCK).conflicts()).hasSize(1);
        assertThat(outcomes(run(MONGOCK.skippingUnknown()))).containsExactlyInAnyOrder("1 APPLIED", "gone IGNORED");
    }

    @Test
    void aMissingOrAmbiguousHistoryIsAConflict() {
        migrations.withRecording("1-dogs");
        assertThat(conflicts(MONGOCK))
                .containsExactly(
                        "The collection 'mongockChangeLog' is missing or empty: it has no history of Mongock.");
        assertThat(conflicts(HistoryImport.ofOnlyHistory()))
                .containsExactly("The database has no history of a known tool: name the collection and its fields.");

        OtherTools.insert(database, "mongockChangeLog", OtherTools.mongock("1-dogs", "EXECUTED", 1));
        OtherTools.insert(database, "dbchangelog", OtherTools.mongobee("1-dogs"));
        assertThat(conflicts(HistoryImport.ofOnlyHistory()))
                .containsExactly(
                        "The database has several histories: Mongock in 'mongockChangeLog', Mongobee in 'dbchangelog'. Name one"
                                + " of them.");
    }

    @Test
    void anImportWaitsForTheLockOfTheOtherTool() {
        OtherTools.insert(database, "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 1));
        Document lock = new Document("key", "DEFAULT_KEY")
                .append("status", "LOCK_HELD")
                .append("owner", "web-1")
                .append("expiresAt", Date.from(Instant.parse("2100-01-01T00:00:00Z")));
        OtherTools.insert(database, "mongockLock", lock);
        migrations.withRecording("1");

        assertThat(conflicts(MONGOCK))
                .containsExactly(
                        "The lock of Mongock ('mongockLock') is held by 'web-1': it may be migrating now. Stop it,"
                                + " or wait until its lock expires.");

        database.getCollection("mongockLock")
                .updateOne(new Document(), new Document("$set", new Document("expiresAt", OtherTools.at(0))));
        assertThat(run(MONGOCK).changes()).hasSize(1);
    }

    @Test
    void aRepeatableMigrationIsImportedWithItsVersion() {
        OtherTools.insert(database, "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 1));
        MigrationPolicy changing = new MigrationPolicy(false, Run.ON_CHANGE, "2", OnInterrupted.RETRY, Set.of());
        migrations.with("1", changing, context -> TestMigrations.record(context, "1"));

        run(MONGOCK);

        assertThat(migrations.migrator().plan().isUpToDate()).isTrue();
    }

    @Test
    void theGuardAsksBeforeTheHistoryOfAProtectedEnvironmentChanges(TestMongo mongo) {
        OtherTools.insert(database, "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 1));
        Migrator guarded = TestMigrations.on(MonarchEnvironment.using(
                        "production", Protection.DEFAULT, mongo.client(), mongo.databaseName()))
                .withRecording("1")
                .migrator();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> guarded.importHistory(MONGOCK, Approval.confirmed()));
        assertThat(guarded.importHistory(MONGOCK, Approval.naming("production")).changes())
                .hasSize(1);
    }

    @Test
    @MongoTest(topology = Topology.SHARDED_CLUSTER)
    void aShardedClusterIsImportedInto() {
        OtherTools.insert(
                database,
                "mongockChangeLog",
                OtherTools.mongock("1", "EXECUTED", 1),
                OtherTools.mongock("2", "EXECUTED", 2));
        migrations.withRecording("1", "2", "3");

        run(HistoryImport.ofOnlyHistory());
        migrations.migrate();

        assertThat(migrations.ran()).containsExactly("3");
    }

    private ImportPlan run(HistoryImport request) {
        return migrations.migrator().importHistory(request, Approval.none());
    }

    private List<String> conflicts(HistoryImport request) {
        return migrations.migrator().planImport(request).conflicts();
    }

    private static List<String> outcomes(ImportPlan plan) {
        return plan.entries().stream()
                .map(entry -> name(entry) + " " + entry.outcome())
                .toList();
    }

    private static String name(ImportedEntry entry) {
        assertThat(entry.state() != null)
                .isEqualTo(entry.outcome() == Outcome.APPLIED || entry.outcome() == Outcome.FAILED);
        return String.valueOf(entry.id() != null ? entry.id() : entry.otherId());
    }

    private List<BsonDocument> documents(String collection) {
        return database.getCollection(collection, BsonDocument.class).find().into(new ArrayList<>());
    }
}
