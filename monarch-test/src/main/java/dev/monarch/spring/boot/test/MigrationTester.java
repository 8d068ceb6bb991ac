package dev.monarch.spring.boot.test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.springframework.aop.support.AopUtils;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.environment.Approval;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.migration.RollbackPlan.RollbackTarget;

/**
 * Runs migrations and backfills on the database of a test, as the application would run them, and shows what they did.
 *
 * <pre>{@code
 * migrations.given("dogs", "{_id: 1, weight: 5000}").up(WeightInKg.class);
 *
 * assertThat(migrations.collection("dogs")).containsExactly("{_id: 1, weightInKg: 5.0}");
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class MigrationTester {

    private final Migrator migrator;

    private final MigrationSet migrations;

    private final Supplier<Backfills> backfills;

    private final MongoDatabase database;

    MigrationTester(Migrator migrator, MigrationSet migrations, Supplier<Backfills> backfills, MongoDatabase database) {
        this.migrator = migrator;
        this.migrations = migrations;
        this.backfills = backfills;
        this.database = database;
    }

    /**
     * Inserts documents.
     *
     * @param collection the collection
     * @param documents the documents as JSON; MongoDB's extended JSON and unquoted keys are allowed
     * @return this tester
     */
    public MigrationTester given(String collection, String... documents) {
        List<BsonDocument> parsed =
                Arrays.stream(documents).map(BsonDocument::parse).toList();
        if (!parsed.isEmpty()) {
            database.getCollection(collection, BsonDocument.class).insertMany(parsed);
        }
        return this;
    }

    /**
     * Runs a migration alone, whatever its state and whatever is pending before it.
     *
     * @param migration its class
     * @return this tester
     * @throws dev.monarch.MigrationFailedException if it fails
     * @throws IllegalArgumentException if there is no bean of the class, or more than one
     */
    public MigrationTester up(Class<? extends MongoMigration> migration) {
        return up(idOf(migration));
    }

    /**
     * Runs a migration alone, whatever its state and whatever is pending before it.
     *
     * @param id its id
     * @return this tester
     * @throws dev.monarch.MigrationFailedException if it fails
     * @throws dev.monarch.UnknownMigrationException if there is no such migration
     */
    public MigrationTester up(String id) {
        migrator.migrate(MigrationTarget.one(id));
        return this;
    }

    /**
     * Runs all migrations that come before a migration.
     *
     * @param migration its class
     * @return this tester
     * @throws dev.monarch.MigrationFailedException if one fails
     * @throws IllegalArgumentException if there is no bean of the class, or more than one
     */
    public MigrationTester upBefore(Class<? extends MongoMigration> migration) {
        int place = migrations.ids().indexOf(idOf(migration));
        if (place > 0) {
            migrator.migrate(MigrationTarget.upTo(migrations.ids().get(place - 1)));
        }
        return this;
    }

    /**
     * Runs a migration that has run before once more, as after an interrupted run, and requires that nothing changes.
     *
     * @param migration its class
     * @return this tester
     * @throws AssertionError if a document or an index is different afterwards
     * @throws dev.monarch.MigrationFailedException if it fails
     * @throws IllegalArgumentException if there is no bean of the class, or more than one
     */
    public MigrationTester again(Class<? extends MongoMigration> migration) {
        DatabaseContent before = DatabaseContent.of(database);
        up(migration);
        before.requireEqual(DatabaseContent.of(database), idOf(migration));
        return this;
    }

    /**
     * Rolls a migration back, whatever was applied after it.
     *
     * @param migration its class
     * @return this tester
     * @throws dev.monarch.MonarchException if it has not been applied, has no {@code down}, or fails
     * @throws IllegalArgumentException if there is no bean of the class, or more than one
     */
    public MigrationTester down(Class<? extends MongoMigration> migration) {
        migrator.rollback(RollbackTarget.one(idOf(migration)), Approval.confirmed());
        return this;
    }

    /**
     * Runs a backfill to its end.
     *
     * @param backfill its class
     * @return this tester
     * @throws AssertionError if it fails; the message names the documents that could not be changed
     * @throws IllegalArgumentException if there is no bean of the class, or more than one
     */
    public MigrationTester backfill(Class<? extends DocumentBackfill> backfill) {
        return backfill(idOf(backfill));
    }

    /**
     * Runs a backfill to its end.
     *
     * @param id its id
     * @return this tester
     * @throws AssertionError if it fails; the message names the documents that could not be changed
     * @throws dev.monarch.InvalidRequestException if there is no such backfill
     */
    public MigrationTester backfill(String id) {
        BackfillStatus status = backfills.get().run(id);
        if (status.state() != BackfillStatus.State.DONE) {
            throw new AssertionError("Backfill '" + id + "' " + status.summary() + " "
                    + backfills.get().setAside(id));
        }
        return this;
    }

    /**
     * Shows a collection.
     *
     * @param name its name
     * @return its documents and indexes, for {@code assertThat}
     */
    public TestCollection collection(String name) {
        return new TestCollection(database, name);
    }

    /** {@return the database of the test} */
    public MongoDatabase database() {
        return database;
    }

    private String idOf(Class<?> type) {
        boolean isBackfill = DocumentBackfill.class.isAssignableFrom(type);
        Map<String, Object> beans = isBackfill ? backfillsById() : migrationsById();
        List<String> ids = beans.entrySet().stream()
                .filter(bean -> type.equals(AopUtils.getTargetClass(bean.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        if (ids.size() != 1) {
            String kind = isBackfill ? "backfill" : "migration";
            throw new IllegalArgumentException(
                    ids.isEmpty()
                            ? "The context has no " + kind + " of " + type + ". It has " + beans.keySet()
                                    + ". A class without @Migration or @Backfill that a @Bean method returns is found by its"
                                    + " id."
                            : "The context has several beans of " + type + ": " + ids + ". Name one by its id.");
        }
        return Objects.requireNonNull(ids.get(0));
    }

    private Map<String, Object> migrationsById() {
        Map<String, Object> found = new LinkedHashMap<>();
        migrations.migrations().forEach(migration -> found.put(migration.id(), migration.migration()));
        return found;
    }

    private Map<String, Object> backfillsById() {
        Map<String, Object> found = new LinkedHashMap<>();
        migrations.backfills().backfills().forEach(backfill -> found.put(backfill.id(), backfill.backfill()));
        return found;
    }
}
