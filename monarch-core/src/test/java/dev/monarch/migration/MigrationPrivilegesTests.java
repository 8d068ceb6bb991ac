package dev.monarch.migration;

import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.OperationRefusedException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestUser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** All missing privileges are reported together before anything changes, with the role that grants them. */
@MongoTest(own = true, accessControl = true)
class MigrationPrivilegesTests {

    @Test
    void aUserWithReadWriteMigrates(TestMongo mongo) {
        try (MongoClient client = MongoClients.create(
                TestUser.create(mongo, "keeper", "readWrite").uri())) {
            assertThat(migrations(mongo, client).migrate().applied()).hasSize(1);
        }
    }

    @Test
    void aUserWithReadGetsTheMissingPrivileges(TestMongo mongo) {
        try (MongoClient client =
                MongoClients.create(TestUser.create(mongo, "visitor", "read").uri())) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> migrations(mongo, client).migrate())
                    .withMessage(
                            "Refused to migrate 'test': this user lacks the privileges insert, update in 'monarch.lock'; insert,"
                                    + " update in 'monarch.history'; the role readWrite on '"
                                    + mongo.databaseName()
                                    + "' grants them. Nothing has been changed.");
        }
    }

    @Test
    void aUserOfSomeCollectionsGetsTheMissingPrivileges(TestMongo mongo) {
        mongo.database()
                .runCommand(new Document("createRole", "dogs")
                        .append("roles", List.of())
                        .append("privileges", List.of(privilege(mongo, "dogs", "find", "insert", "update"))));
        try (MongoClient client =
                MongoClients.create(TestUser.create(mongo, "limited", "dogs").uri())) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> migrations(mongo, client).migrate())
                    .withMessageContaining(
                            "this user lacks the privileges listCollections in the database; find in 'monarch.journal';"
                                    + " find, insert, update in 'monarch.lock'; find, insert, update in 'monarch.history'");
        }
    }

    @Test
    void thePrivilegesInTheTableAreSufficient(TestMongo mongo) {
        mongo.database().createCollection("monarch.history");
        mongo.database()
                .runCommand(new Document("createRole", "migrator")
                        .append("roles", List.of())
                        .append(
                                "privileges",
                                List.of(
                                        privilege(mongo, "", "listCollections"),
                                        privilege(mongo, "ran", "find", "insert"),
                                        privilege(mongo, "monarch.journal", "find"),
                                        privilege(mongo, "monarch.lock", "find", "insert", "update"),
                                        privilege(mongo, "monarch.history", "find", "insert", "update"))));
        try (MongoClient client = MongoClients.create(
                TestUser.create(mongo, "migrator", "migrator").uri())) {
            assertThat(migrations(mongo, client).migrate().applied()).hasSize(1);
        }
    }

    private static Document privilege(TestMongo mongo, String collection, String... actions) {
        return new Document("resource", new Document("db", mongo.databaseName()).append("collection", collection))
                .append("actions", List.of(actions));
    }

    private static TestMigrations migrations(TestMongo mongo, MongoClient client) {
        return TestMigrations.on(MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()))
                .withRecording("1");
    }
}
