package dev.monarch.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.MongoDatabaseFactory;

import dev.monarch.engine.NaturalOrder;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationHistory;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.Migrator.MigrationSurroundings;
import dev.monarch.test.TestMongo;

/** Runs a set of migrations on a test's own database, and reads the result. */
final class TestMigrations {

    /** Short enough for tests that wait until a lease expires. */
    static final LockSettings QUICK_LOCK = new LockSettings(
            Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(500));

    private final MonarchEnvironment environment;

    private final List<RegisteredMigration> migrations = new ArrayList<>();

    private final List<MigrationEvent> events = new ArrayList<>();

    private final List<MigrationListener> listeners = new ArrayList<>(List.of(events::add));

    private final List<MigrationHook> hooks = new ArrayList<>();

    private @Nullable MongoDatabaseFactory applicationDatabases;

    private MigrationSettings settings = MigrationSettings.DEFAULT.withLock(QUICK_LOCK);

    private TestMigrations(MonarchEnvironment environment) {
        this.environment = environment;
    }

    static TestMigrations on(TestMongo mongo) {
        return on(MonarchEnvironment.using("test", Protection.DEFAULT, mongo.client(), mongo.databaseName()));
    }

    static TestMigrations on(MonarchEnvironment environment) {
        return new TestMigrations(environment);
    }

    TestMigrations with(String id, MongoMigration migration) {
        migrations.add(new RegisteredMigration(id, migration, "bean '" + id + "'"));
        return this;
    }

    /** Migrations that insert their id into the collection "ran" and, when they are rolled back, "-id". */
    TestMigrations withReversible(String... ids) {
        for (String id : ids) {
            with(id, new Reversible(id));
        }
        return this;
    }

    /** Migrations that insert their id into the collection "ran". */
    TestMigrations withRecording(String... ids) {
        for (String id : ids) {
            with(id, context -> record(context, id));
        }
        return this;
    }

    static void record(MigrationContext context, String id) {
        context.database()
                .getCollection("ran", BsonDocument.class)
                .insertOne(new BsonDocument("id", new BsonString(id)));
    }

    TestMigrations listening(MigrationListener listener) {
        listeners.add(listener);
        return this;
    }

    TestMigrations with(String id, MigrationPolicy policy, MongoMigration migration) {
        migrations.add(new RegisteredMigration(id, migration, policy, "bean '" + id + "'"));
        return this;
    }

    TestMigrations hooked(MigrationHook hook) {
        hooks.add(hook);
        return this;
    }

    TestMigrations inAnApplicationWith(MongoDatabaseFactory databases) {
        applicationDatabases = databases;
        return this;
    }

    TestMigrations settings(MigrationSettings settings) {
        this.settings = settings;
        return this;
    }

    Migrator migrator() {
        return new Migrator(
                environment,
                MigrationSet.of(migrations),
                settings,
                new Guard(false),
                new MigrationSurroundings(null, applicationDatabases, listeners, hooks));
    }

    MigrationReport migrate() {
        return migrator().migrate();
    }

    List<MigrationEvent> events() {
        return events;
    }

    MonarchEnvironment environment() {
        return environment;
    }

    List<String> ran() {
        return environment
                .database()
                .getCollection("ran", BsonDocument.class)
                .find()
                .map(document -> document.getString("id").getValue())
                .into(new ArrayList<>());
    }

    List<HistoryEntry> history() {
        List<HistoryEntry> entries = new ArrayList<>(
                new MigrationHistory(environment, settings.historyCollection(), settings.scope()).read());
        entries.sort((a, b) -> NaturalOrder.INSTANCE.compare(a.id(), b.id()));
        return entries;
    }

    HistoryEntry entry(String id) {
        return history().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    List<BsonDocument> historyDocuments() {
        return environment
                .database()
                .getCollection(settings.historyCollection(), BsonDocument.class)
                .find()
                .into(new ArrayList<>());
    }

    BsonDocument lockDocument() {
        BsonDocument lock = environment
                .database()
                .getCollection("monarch.lock", BsonDocument.class)
                .find(new BsonDocument("_id", new BsonString("environment")))
                .first();
        return lock != null ? lock : new BsonDocument();
    }

    /** Records its id, and "-id" when it is rolled back. */
    record Reversible(String id) implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            record(context, id);
        }

        @Override
        public void down(MigrationContext context) {
            record(context, "-" + id);
        }
    }
}
