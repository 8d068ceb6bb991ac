package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Rehearsals and their output. */
@MongoTest
class RehearseVerbTests {

    private final TestMongo mongo;

    private final MongoDatabase source;

    private final MongoDatabase target;

    RehearseVerbTests(TestMongo mongo) {
        this.mongo = mongo;
        this.source = mongo.client().getDatabase(mongo.databaseName() + "p");
        this.target = mongo.client().getDatabase(mongo.databaseName() + "d");
    }

    private Commands commands() {
        return Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + mongo.uri(source.getName()),
                        "--monarch.environments.development.uri=" + mongo.uri(target.getName()));
    }

    @Test
    void aRehearsalRunsPendingMigrationsOnACopyAndDropsIt() {
        source.getCollection("animals").insertOne(new Document("_id", "0").append("name", "Bello"));

        Result result = commands().run("rehearse", "production", "--into", "development");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Copied 'production': 1 collection, 1 document, ")
                .contains("1-first-animals  applied, in ", "2-long-walk  applied, in ")
                .contains("Changed: 'animals' has 2 documents, 1 more than before.")
                .contains("Succeeded in ");
        assertThat(Shelter.animals(source)).containsExactly("Bello");
        assertThat(names(source)).containsExactly("animals");
        assertThat(names(target)).isEmpty();
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void theOwnEnvironmentIsRehearsedUnderItsName() {
        mongo.database().getCollection("animals").insertOne(new Document("_id", "0").append("name", "Bello"));

        Result result = commands().run("rehearse", "default", "--into", "development");

        assertThat(result.exit()).as(result.err() + result.out()).isZero();
        assertThat(result.out()).contains("Copied 'default': 1 collection", "1-first-animals  applied, in ");
        assertThat(Shelter.animals(mongo.database())).containsExactly("Bello");
        assertThat(names(target)).isEmpty();
    }

    @Test
    void aFailedMigrationIsReported() {
        source.getCollection("animals").insertOne(new Document("_id", "0").append("name", "Bello"));

        Result result = commands()
                .with("--shelter.walk=fails")
                .run("rehearse", "production", "--into", "development", "--output", "json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.json().getString("problem")).contains("2-long-walk", "it rains");
        assertThat(result.json().getList("migrations", Document.class))
                .extracting(migration -> migration.getString("state"))
                .containsExactly("APPLIED", "FAILED");
        assertThat(names(target)).isEmpty();
    }

    @Test
    void aScratchDatabaseMustBeEmptyAndOnAnotherCluster() {
        source.getCollection("dogs").insertOne(new Document("_id", 1));
        target.getCollection("birds").insertOne(new Document("_id", 1));
        Result full = commands().run("rehearse", "production", "--into", "development");
        assertThat(full.exit()).isEqualTo(3);
        assertThat(full.err())
                .contains("its database '" + target.getName() + "' is not empty and would be dropped at the end");
        assertThat(names(target)).containsExactly("birds");

        Result beside =
                commands().with("--monarch.rehearsal.server=" + mongo.uri()).run("rehearse", "production");
        assertThat(beside.exit()).isEqualTo(3);
        assertThat(beside.err())
                .contains("it is on the same cluster as 'production', and would slow it down", "--into");
        assertThat(mongo.client().getDatabase("monarch_rehearsal_production").listCollectionNames())
                .isEmpty();
    }

    private static List<String> names(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("monarch.") && !name.startsWith("system."))
                .toList();
    }
}
