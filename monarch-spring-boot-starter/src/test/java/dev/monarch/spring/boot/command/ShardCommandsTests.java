package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionDescription.ShardKey;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands to shard collections after a restore or a copy. */
@MongoTest
class ShardCommandsTests {

    @TempDir
    private Path folder;

    @Test
    void thePlanAndTheReportHaveTheShardCommands(TestMongo mongo) {
        try (ShardedSource sharded = new ShardedSource(mongo, folder)) {
            String birds =
                    "sh.shardCollection(\"" + sharded.target() + ".birds\", {\"owner\": 1, \"name\": \"hashed\"})";
            String dogs = "sh.shardCollection(\"" + sharded.target() + ".dogs\", {\"name\": 1}, true)";
            String advice = "  To shard them afterwards, in mongosh (before MongoDB 6.0 first sh.enableSharding(\""
                    + sharded.target() + "\")):\n    " + birds + "\n    " + dogs + "\n";

            assertThat(sharded.run("copy-db", "production:development", "--dry-run")
                            .out())
                    .contains(
                            "  Note: 'development' is on a sharded cluster, and Monarch does not shard: the loaded collections are not"
                                    + " sharded.\n")
                    .contains("  Note: Sharded in the source, but not in 'development': 'birds' by"
                            + " {\"owner\": 1, \"name\": \"hashed\"}, 'dogs' by {\"name\": 1} (unique).\n")
                    .contains(advice);
            assertThat(sharded.run("copy-db", "production:development", "--yes").out())
                    .contains(
                            "  Not sharded: 'dogs'. In the source its shard key is {\"name\": 1} (unique).\n" + advice);
            assertThat(sharded.run("copy-db", "production:development", "--yes", "--output=json")
                            .json()
                            .getList("unsharded", Document.class))
                    .containsExactly(
                            Document.parse("{collection: 'birds', key: {owner: 1, name: 'hashed'}, unique: false}")
                                    .append("command", birds),
                            Document.parse("{collection: 'dogs', key: {name: 1}, unique: true}")
                                    .append("command", dogs));
        }
    }

    /** The embedded server does not store collations. */
    @Test
    void theShardKeyHasTheSimpleCollation() {
        UnshardedCollection collated = new UnshardedCollection(
                "kennel", "the \"best\"", new ShardKey(BsonDocument.parse("{name: 1}"), false), true);

        assertThat(ShardCommands.lines(List.of(collated)))
                .last()
                .isEqualTo("    sh.shardCollection(\"kennel.the \\\"best\\\"\", {\"name\": 1}, false,"
                        + " {\"collation\": {\"locale\": \"simple\"}})");
    }
}
