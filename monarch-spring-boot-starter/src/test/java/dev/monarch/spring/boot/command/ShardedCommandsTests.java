package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;

import com.mongodb.client.MongoCollection;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionDescription.ShardKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What commands tell of shard keys, on a server that only says that it is a sharded cluster. */
@MongoTest
class ShardedCommandsTests {

    private final TestMongo mongo;

    private final FaultyLine line;

    private final String source;

    private final String target;

    @TempDir
    private Path folder;

    ShardedCommandsTests(TestMongo mongo) {
        assumeFalse(mongo.isReal(), "a real server would be taken for a mongos by the driver, too");
        this.mongo = mongo;
        this.line = FaultyLine.to(mongo);
        this.source = mongo.databaseName() + "_p";
        this.target = mongo.databaseName() + "_d";
        mongo.uri(source);
        mongo.uri(target);
    }

    @BeforeEach
    void aShardedDatabase() {
        line.amend("hello", answer -> answer.append("msg", new BsonString("isdbgrid")));
        for (String collection : new String[] {"birds", "cats", "dogs"}) {
            mongo.client().getDatabase(source).getCollection(collection).insertOne(new Document("_id", 1));
        }
        configuration().insertOne(entry("birds", "{owner: 1, name: 'hashed'}", false));
        configuration().insertOne(entry("dogs", "{name: 1}", true));
    }

    private Document entry(String collection, String key, boolean unique) {
        return new Document("_id", source + "." + collection)
                .append("key", Document.parse(key))
                .append("unique", unique);
    }

    private MongoCollection<Document> configuration() {
        return mongo.client().getDatabase("config").getCollection("collections");
    }

    @AfterEach
    void nothingStaysInTheSharedConfiguration() {
        configuration().deleteMany(new Document("_id", new Document("$regex", "^" + source)));
        line.close();
    }

    private Commands commands() {
        return Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + through(source),
                        "--monarch.environments.development.uri=" + through(target),
                        "--monarch.backups.local.directory=" + folder);
    }

    private String through(String database) {
        return line.uri().replace("/?", "/" + database + "?");
    }

    private Result run(String... words) {
        Result result = commands().run(words);
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }

    @Test
    void showBackupTellsTheKeys() {
        run("backup", "production", "--name=kept");
        String name = run("list-backups", "--output=json").out().replaceAll("(?s).*\"(kept__\\w+)\".*", "$1");

        assertThat(run("show-backup", name).out())
                .containsPattern("COLLECTION .* SHARD KEY\\n")
                .containsPattern("birds .* \\{\"owner\": 1, \"name\": \"hashed\"}\\n")
                .containsPattern("cats .* \\d+\\s*\\n")
                .containsPattern("dogs .* \\{\"name\": 1} \\(unique\\)\\n");
        assertThat(run("show-backup", name, "--output=json").json().getList("collections", Document.class))
                .extracting(collection -> collection.get("shardKey"))
                .containsExactly(
                        Document.parse("{key: {owner: 1, name: 'hashed'}, unique: false}"),
                        null,
                        Document.parse("{key: {name: 1}, unique: true}"));
    }

    @Test
    void aPlanAndAReportTellHowToShardWhatMonarchDoesNotShard() {
        String birds = "sh.shardCollection(\"" + target + ".birds\", {\"owner\": 1, \"name\": \"hashed\"})";
        String dogs = "sh.shardCollection(\"" + target + ".dogs\", {\"name\": 1}, true)";
        String advice = "  To shard them afterwards, in mongosh (before MongoDB 6.0 first sh.enableSharding(\"" + target
                + "\")):\n    " + birds + "\n    " + dogs + "\n";

        assertThat(run("copy-db", "production:development", "--dry-run").out())
                .contains(
                        "  Note: 'development' is on a sharded cluster, and Monarch does not shard: what is loaded is not"
                                + " sharded.\n")
                .contains("  Note: Sharded in the source, but not in 'development': 'birds' by"
                        + " {\"owner\": 1, \"name\": \"hashed\"}, 'dogs' by {\"name\": 1} (unique).\n")
                .contains(advice);
        assertThat(run("copy-db", "production:development", "--yes").out())
                .contains("  Not sharded: 'dogs', by {\"name\": 1} (unique) where the data comes from.\n" + advice);
        assertThat(run("copy-db", "production:development", "--yes", "--output=json")
                        .json()
                        .getList("unsharded", Document.class))
                .containsExactly(
                        Document.parse("{collection: 'birds', key: {owner: 1, name: 'hashed'}, unique: false}")
                                .append("command", birds),
                        Document.parse("{collection: 'dogs', key: {name: 1}, unique: true}")
                                .append("command", dogs));
    }

    /** The embedded server keeps no collation. */
    @Test
    void aCollationOfTheCollectionIsNotThatOfTheKey() {
        UnshardedCollection collated = new UnshardedCollection(
                "kennel", "the \"best\"", new ShardKey(BsonDocument.parse("{name: 1}"), false), true);

        assertThat(ShardCommands.lines(List.of(collated)))
                .last()
                .isEqualTo("    sh.shardCollection(\"kennel.the \\\"best\\\"\", {\"name\": 1}, false,"
                        + " {\"collation\": {\"locale\": \"simple\"}})");
    }
}
