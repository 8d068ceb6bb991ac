package dev.monarch.migration;

import java.util.List;
import java.util.stream.Stream;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestUser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A database with the history of another migration tool. */
@MongoTest
class ForeignHistoryTests {

    static Stream<String> tools() {
        return Stream.concat(OtherTools.APPLIED.keySet().stream(), Stream.of("DATABASECHANGELOG"));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void nothingRunsBesideTheHistoryOfAnotherTool(String collection, TestMongo mongo) {
        Document entry =
                OtherTools.APPLIED.getOrDefault(collection, new Document("id", "1").append("fileName", "changes.xml"));
        OtherTools.insert(mongo.database(), collection, entry);
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1", "2");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(migrations::migrate)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_HISTORY))
                .withMessageContaining("'" + collection + "', and Monarch's own history is empty");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> migrations.migrator().migrate(MigrationTarget.upTo("1")));
        assertThat(migrations.ran()).isEmpty();
        assertThat(migrations.lockDocument()).isEmpty();
        assertThat(migrations.migrator().plan().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.reason()).isEqualTo(Reason.OTHER_HISTORY));
        assertThat(migrations.migrator().otherHistories()).hasSize(1);

        migrations.migrator().migrate(MigrationTarget.one("2"));
        assertThat(migrations.ran()).containsExactly("2");
    }

    @Test
    void anEmptyHistoryOfAnotherToolIsNone(TestMongo mongo) {
        mongo.database().createCollection("mongockChangeLog");
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");

        assertThat(migrations.migrate().applied()).hasSize(1);
    }

    @Test
    void anApplicationMayUseSuchNames(TestMongo mongo) {
        OtherTools.insert(mongo.database(), "changelog", new Document("release", "1.0"));
        OtherTools.insert(mongo.database(), "migrations", new Document("name", "geese"));
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");

        assertThat(migrations.migrate().applied()).hasSize(1);
    }

    @Test
    void otherHistoriesMayBeIgnored(TestMongo mongo) {
        OtherTools.insert(mongo.database(), "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 0));
        TestMigrations migrations = TestMigrations.on(mongo)
                .settings(new MigrationSettings(
                        "monarch.history",
                        "default",
                        MigrationSettings.DEFAULT.unknown(),
                        MigrationSettings.DEFAULT.outOfOrder(),
                        10,
                        OtherHistories.IGNORE,
                        TestMigrations.QUICK_LOCK,
                        MigrationSettings.DEFAULT.warnAfter(),
                        MigrationSettings.DEFAULT.warnEvery()))
                .withRecording("1");

        assertThat(migrations.migrator().otherHistories()).isEmpty();
        assertThat(migrations.migrate().applied()).hasSize(1);
    }

    @Test
    void noWarningOnceMonarchHasAHistory(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1").migrate();
        OtherTools.insert(mongo.database(), "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 0));

        assertThat(TestMigrations.on(mongo)
                        .withRecording("1", "2")
                        .migrator()
                        .plan()
                        .warnings())
                .isEmpty();
    }

    /** A run that died before its first migration leaves only announcements on a server without transactions. */
    @Test
    void aHistoryOfAnnouncementsIsEmpty(TestMongo mongo) {
        OtherTools.insert(mongo.database(), "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 0));
        mongo.database()
                .getCollection("monarch.history")
                .insertOne(new Document("_id", new Document("scope", "default").append("id", "1"))
                        .append("state", "PENDING")
                        .append("attempts", 0)
                        .append("owner", "of the dead"));
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");

        assertThatExceptionOfType(OperationRefusedException.class).isThrownBy(migrations::migrate);
        assertThat(migrations.ran()).isEmpty();
    }

    @Test
    void anEmptyHistoryCostsOneListing(TestMongo mongo) {
        CountedCommands commands = new CountedCommands();
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                        .applyConnectionString(new com.mongodb.ConnectionString(mongo.uri()))
                        .addCommandListener(commands)
                        .build());
                MonarchEnvironment environment =
                        MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName())) {
            TestMigrations.on(environment).withRecording("1").migrator().plan();
        }
        assertThat(commands.names()).containsExactly("find", "listCollections");
    }

    @Test
    @MongoTest(own = true, accessControl = true)
    void aUserWhoMayNotListCollectionsIsProtected(TestMongo mongo) {
        OtherTools.insert(mongo.database(), "mongockChangeLog", OtherTools.mongock("1", "EXECUTED", 0));
        mongo.database()
                .runCommand(new Document("createRole", "limited")
                        .append("roles", List.of())
                        .append(
                                "privileges",
                                List.of(
                                        privilege(mongo, "monarch.history", "find"),
                                        privilege(mongo, "mongockChangeLog", "insert"))));
        try (MongoClient client = MongoClients.create(
                        TestUser.create(mongo, "limited", "limited").uri());
                MonarchEnvironment environment =
                        MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName())) {
            Migrator migrator =
                    TestMigrations.on(environment).withRecording("1").migrator();
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(migrator::migrate)
                    .withMessageContaining("a history of Mongock in 'mongockChangeLog'");
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> migrator.planImport(HistoryImport.ofOnlyHistory()))
                    .withMessageContaining(
                            "this user lacks the privilege find in '" + mongo.databaseName() + ".mongockChangeLog'");
        }
    }

    private static Document privilege(TestMongo mongo, String collection, String... actions) {
        return new Document("resource", new Document("db", mongo.databaseName()).append("collection", collection))
                .append("actions", List.of(actions));
    }
}
