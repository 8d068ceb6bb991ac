package dev.monarch.migration;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/** Histories as other migration tools write them, field by field. */
final class OtherTools {

    static final Instant DAY = Instant.parse("2024-05-01T10:00:00Z");

    /** Each tool's collection with the entry of a migration that is applied, whose name is {@code 1_dogs}. */
    static final Map<String, Document> APPLIED = Map.of(
            "mongockChangeLog", mongock("1_dogs", "EXECUTED", 0),
            "flamingockAuditLog", flamingock("1_dogs", "APPLIED", 0),
            "dbchangelog", mongobee("1_dogs"),
            "changelog", new Document("fileName", "1_dogs.js").append("appliedAt", at(0)),
            "mongo_migration_history", new Document("key", "_1_dogs_migration").append("state", "Completed"),
            "migrations", new Document("name", "1_dogs.py"),
            "db_migrations",
                    new Document("id", 1).append("filename", "1_dogs.py").append("date", at(0)));

    private OtherTools() {}

    /** An entry of Mongock 5.5. */
    static Document mongock(String id, String state, int minute) {
        return mongock(id, "dev", state, minute);
    }

    static Document mongock(String id, String author, String state, int minute) {
        return new Document("executionId", "2024-05-01T10:00:00.123-598")
                .append("changeId", id)
                .append("author", author)
                .append("timestamp", at(minute))
                .append("state", state)
                .append("type", "EXECUTION")
                .append("changeLogClass", "com.example.Dogs")
                .append("changeSetMethod", "execution")
                .append("metadata", null)
                .append("executionMillis", 54L)
                .append("executionHostname", "web-1")
                .append("errorTrace", null)
                .append("systemChange", false);
    }

    /** Mongock's work on itself, and the first part of a change. */
    static List<Document> internalsOfMongock() {
        return List.of(
                mongock("system-change-00001_before", "mongock", "EXECUTED", 0)
                        .append("type", "BEFORE_EXECUTION")
                        .append("systemChange", true),
                mongock("system-change-00001", "mongock", "EXECUTED", 0).append("systemChange", true),
                mongock("mongock-legacy-migration", "mongock", "EXECUTED", 0)
                        .append(
                                "changeLogClass",
                                "io.mongock.driver.mongodb.sync.v4.changelogs.runonce.MongockSync4LegacyMigrationChangeLog"),
                mongock("1-dogs_before", "EXECUTED", 0).append("type", "BEFORE_EXECUTION"));
    }

    /** An entry that Mongock took over from Mongobee. */
    static Document legacyInMongock(String id) {
        return mongock(id, "EXECUTED", 0)
                .append("executionId", "legacy_migration-2024-05-01T10:00:00-7")
                .append("metadata", new Document("migration-type", "legacy"))
                .append("executionMillis", -1L)
                .append("executionHostname", "unknown");
    }

    static Document mongobee(String id) {
        return new Document("changeId", id)
                .append("author", "dev")
                .append("timestamp", at(0))
                .append("changeLogClass", "com.example.Dogs")
                .append("changeSetMethod", "dogs");
    }

    static Document flamingock(String id, String state, int minute) {
        return new Document("executionId", "2026-05-01T10:00:00.123-598")
                .append("stageId", "changes")
                .append("changeId", id)
                .append("author", "dev")
                .append("createdAt", at(minute))
                .append("state", state)
                .append("type", "STANDARD_CODE")
                .append("executionMillis", 54L)
                .append("executionHostname", "web-1")
                .append("errorTrace", null)
                .append("systemChange", false)
                .append("txStrategy", "NON_TX")
                .append("targetSystemId", "mongo");
    }

    static Date at(int minute) {
        return Date.from(DAY.plusSeconds(60L * minute));
    }

    static void insert(MongoDatabase database, String collection, Document... entries) {
        for (Document entry : entries) {
            database.getCollection(collection).insertOne(new Document(entry));
        }
    }
}
