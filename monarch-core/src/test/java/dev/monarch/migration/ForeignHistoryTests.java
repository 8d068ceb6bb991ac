package dev.monarch.migration;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.Reason;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A database with the history of another migration tool. */
@MongoTest
class ForeignHistoryTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongockChangeLog",
                "flamingockAuditLog",
                "dbchangelog",
                "DATABASECHANGELOG",
                "changelog",
                "migrations",
                "db_migrations"
            })
    void aWarningPrecedesTheFirstMigration(String collection, TestMongo mongo) {
        mongo.database().getCollection(collection).insertOne(new Document("changeId", "1"));
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");

        assertThat(migrations.migrator().plan().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo(Reason.OTHER_HISTORY);
            assertThat(warning.text()).contains("'" + collection + "'", "Monarch's own history is empty");
        });

        migrations.migrate();
        assertThat(migrations.events().get(0)).isInstanceOf(MigrationEvent.Warning.class);
        assertThat(migrations.events()).hasAtLeastOneElementOfType(MigrationEvent.Applied.class);
    }

    @Test
    void noWarningOnceMonarchHasAHistory(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1").migrate();
        mongo.database().getCollection("mongockChangeLog").insertOne(new Document("changeId", "1"));

        assertThat(TestMigrations.on(mongo)
                        .withRecording("1", "2")
                        .migrator()
                        .plan()
                        .warnings())
                .isEmpty();
    }
}
