package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** An operation that succeeds with a remark has its own exit code, and both output formats give the reason. */
@MongoTest
class RemarksTests {

    private final TestMongo mongo;

    private final MongoDatabase source;

    @TempDir
    private Path folder;

    RemarksTests(TestMongo mongo) {
        this.mongo = mongo;
        this.source = mongo.client().getDatabase(mongo.databaseName() + "p");
        source.getCollection("dogs").insertMany(List.of(new Document("_id", 1).append("name", "Rex"), dog("Bella")));
    }

    private static Document dog(String name) {
        return new Document("name", name);
    }

    private Commands commands() {
        return commands(mongo.uri(mongo.databaseName() + "d"));
    }

    private Commands commands(String development) {
        return Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + mongo.uri(source.getName()),
                        "--monarch.environments.development.uri=" + development,
                        "--monarch.backups.local.directory=" + folder)
                .and(Sets.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Sets {

        @Bean
        QuerySet namesakes() {
            return new Namesakes();
        }
    }

    /** Gives every dog the same name. */
    static final class Namesakes implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.mask("dogs", "name", Masker.function("Rex", name -> new BsonString("Rex")));
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void omittedDocumentsAreARemark() {
        source.getCollection("dogs").createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        String[] copy = {
            "copy-db", "production:development", "-q", "Namesakes", "--on-duplicate", "report", "--yes", "--output=json"
        };

        Result copied = commands().run(copy);

        assertThat(copied.exit()).as(copied.err()).isEqualTo(6);
        assertThat(copied.json().getList("remarks", String.class))
                .containsExactly("1 document is left out because of a unique index.");
        copy[copy.length - 1] = "--verify-after=full";
        assertThat(commands().run(copy).out()).endsWith("Remark: 1 document is left out because of a unique index.\n");
    }

    @Test
    void runningMigrationsAreARemark() {
        source.getCollection("monarch.history")
                .insertOne(new Document("_id", new Document("scope", "default").append("id", "1-first-animals"))
                        .append("state", "RUNNING")
                        .append("sequence", 1L));

        Result copied = commands().run("copy-db", "production:development", "--yes");

        assertThat(copied.exit()).as(copied.err()).isEqualTo(6);
        assertThat(copied.out())
                .endsWith(
                        "Remark: 1 migration had not ended in the source. The history now says INTERRUPTED, or ROLLING_BACK if"
                                + " it was being rolled back.\n");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void validatedDocumentsAreARemark() {
        source.runCommand(Document.parse("{create: 'cats', validator: {name: {$type: 'string'}}}"));
        source.getCollection("cats").insertOne(dog("Tom"));
        try (FaultyLine line = FaultyLine.to(mongo)) {
            line.fail(
                    command -> command.containsKey("bypassDocumentValidation"),
                    Integer.MAX_VALUE,
                    Fault.error(13, "Unauthorized"));
            String development = line.uri().replace("/?", "/" + mongo.databaseName() + "d?");

            Result copied = commands(development).run("copy-db", "production:development", "--yes");

            assertThat(copied.exit()).as(copied.err()).isEqualTo(6);
            assertThat(copied.out()).contains("Remark: The user lacks the privilege bypassDocumentValidation");
        }
        assertThat(commands().run("copy-db", "production:development", "--yes").exit())
                .isZero();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void lessConsistencyThanTheServerSupportsIsARemark() {
        source.createCollection(
                "log", new CreateCollectionOptions().capped(true).sizeInBytes(4096));
        source.getCollection("log").insertOne(new Document());

        Result backedUp = commands().run("backup", "production");
        Result copied = commands().run("copy-db", "production:development", "--yes");
        Result asked = commands().run("backup", "production", "--consistency", "none");

        for (Result less : List.of(backedUp, copied)) {
            assertThat(less.exit()).as(less.err()).isEqualTo(6);
            assertThat(less.out())
                    .endsWith(
                            "Remark: The collections were not read at one point in time, although the server supports it.\n");
        }
        assertThat(asked.exit()).as(asked.err()).isZero();
    }
}
