package dev.monarch.spring.boot.command;

import java.nio.file.Path;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** The output of show-backup. */
@MongoTest
class ShowBackupVerbTests {

    @TempDir
    private Path folder;

    @Test
    void shardKeysAreShown(TestMongo mongo) {
        try (ShardedSource sharded = new ShardedSource(mongo, folder)) {
            sharded.run("backup", "production", "--name=kept");
            String name =
                    sharded.run("list-backups", "--output=json").out().replaceAll("(?s).*\"(kept__\\w+)\".*", "$1");

            assertThat(sharded.run("show-backup", name).out())
                    .containsPattern("COLLECTION .* SHARD KEY\\n")
                    .containsPattern("birds .* \\{\"owner\": 1, \"name\": \"hashed\"}\\n")
                    .containsPattern("cats .* \\d+\\s*\\n")
                    .containsPattern("dogs .* \\{\"name\": 1} \\(unique\\)\\n");
            assertThat(sharded.run("show-backup", name, "--output=json").json().getList("collections", Document.class))
                    .extracting(collection -> collection.get("shardKey"))
                    .containsExactly(
                            Document.parse("{key: {owner: 1, name: 'hashed'}, unique: false}"),
                            null,
                            Document.parse("{key: {name: 1}, unique: true}"));
        }
    }

    @Test
    void anUnknownBackupIsReportedWithSimilarNames(TestMongo mongo) {
        Commands commands = Commands.on(mongo).with("--monarch.backups.local.directory=" + folder);
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        String name = commands.run("backup", "--output", "json").json().getString("name");

        Commands.Result shown = commands.run("show-backup", name.replace("default", "defualt"));

        assertThat(shown.exit()).isEqualTo(2);
        assertThat(shown.err()).contains("There is no complete backup", "Did you mean '" + name + "'?");
    }
}
