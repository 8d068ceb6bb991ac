package dev.monarch.sample.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.monarch.environment.Approval;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.TestMongo;

/** A database on which a test runs chosen migrations, in an application that has no others, as often as needed. */
final class KennelDatabase {

    private final String uri;

    private final MongoDatabase database;

    private int runs;

    private String more = "--debug=false";

    private KennelDatabase(String uri, MongoDatabase database) {
        this.uri = uri;
        this.database = database;
    }

    static KennelDatabase of(TestMongo mongo) {
        return new KennelDatabase(mongo.uri(), mongo.database());
    }

    /** Another database on the same server, which is also dropped after the test. */
    static KennelDatabase of(TestMongo mongo, String suffix) {
        String name = mongo.databaseName() + suffix;
        return new KennelDatabase(mongo.uri(name), mongo.client().getDatabase(name));
    }

    /** Runs migrations, whether or not they have run before. */
    KennelDatabase up(Class<?>... migrations) {
        runs++;
        try (ConfigurableApplicationContext context = application(migrations).run(arguments())) {
            context.getBean(Migrator.class).migrate();
        }
        return this;
    }

    /** Runs migrations with the history of the last run. */
    KennelDatabase upAgain(Class<?>... migrations) {
        runs--;
        return up(migrations);
    }

    /** Adds an argument for all later starts of the application. */
    KennelDatabase with(String argument) {
        more = argument;
        return this;
    }

    /** Runs a migration that is interrupted when it checks its lock before batch {@code batches + 1}. */
    void upInterrupted(Class<?> migration, int batches) {
        runs++;
        SpringApplicationBuilder application = application(migration)
                .initializers(
                        context -> context.getBeanFactory().addBeanPostProcessor(new InterruptedMigrations(batches)));
        try (ConfigurableApplicationContext context = application.run(arguments())) {
            context.getBean(Migrator.class).migrate();
        }
    }

    /** Rolls back the migration that ran last. */
    void down(Class<?> migration) {
        try (ConfigurableApplicationContext context = application(migration).run(arguments())) {
            Migrator migrator = context.getBean(Migrator.class);
            migrator.rollback(
                    RollbackTarget.last(1),
                    Approval.naming(migrator.environment().name()));
        }
    }

    private static SpringApplicationBuilder application(Class<?>... migrations) {
        return new SpringApplicationBuilder(Stream.concat(Stream.of(Application.class), Stream.of(migrations))
                        .toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .logStartupInfo(false);
    }

    /** Each run has its own history, so that no migration counts as applied. */
    private String[] arguments() {
        return new String[] {
            "--spring.mongodb.uri=" + uri,
            "--monarch.migrations.run-at=never",
            "--monarch.migrations.scope=run-" + runs,
            more
        };
    }

    List<Document> documents(String collection) {
        return database.getCollection(collection)
                .find()
                .sort(new Document("_id", 1))
                .into(new ArrayList<>());
    }

    long count(String collection, String filter) {
        return database.getCollection(collection).countDocuments(Document.parse(filter));
    }

    void insert(String collection, String document) {
        database.getCollection(collection).insertOne(Document.parse(document));
    }

    void update(String collection, String filter, String update) {
        database.getCollection(collection).updateMany(Document.parse(filter), Document.parse(update));
    }

    void delete(String collection, String filter) {
        database.getCollection(collection).deleteMany(Document.parse(filter));
    }

    List<Document> indexes(String collection) {
        return database.getCollection(collection).listIndexes().into(new ArrayList<>());
    }

    @EnableAutoConfiguration
    static class Application {}
}
