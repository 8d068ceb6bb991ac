package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Every verb that reads a source refuses one without collections, unless it is allowed. */
@MongoTest
class AllowEmptyTests {

    @TempDir
    private Path folder;

    @Test
    void aMisspeltSourceIsRefused(TestMongo mongo) {
        MongoDatabase source = mongo.client().getDatabase(mongo.databaseName() + "p");
        MongoDatabase target = mongo.client().getDatabase(mongo.databaseName() + "d");
        Commands commands = Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + mongo.uri(source.getName()),
                        "--monarch.environments.development.uri=" + mongo.uri(target.getName()),
                        "--monarch.environments.empty.uri=" + mongo.uri(mongo.databaseName() + "e"),
                        "--monarch.backups.local.directory=" + folder);
        target.getCollection("birds").insertOne(new Document("_id", 1));
        for (List<String> words : List.of(
                List.of("copy-db", "production:development", "--yes"),
                List.of("copy-db", "production:development", "--dry-run"),
                List.of("backup", "production"),
                List.of("rehearse", "production", "--into", "empty"))) {
            Result refused = commands.run(words.toArray(String[]::new));
            assertThat(refused.exit()).as(words + refused.err()).isEqualTo(3);
            assertThat(refused.err() + refused.out())
                    .as(words.toString())
                    .contains("the database '" + source.getName() + "' of 'production' does not exist or is empty")
                    .contains("--allow-empty");
        }
        assertThat(names(target)).containsExactly("birds");

        Result meant = commands.run("copy-db", "production:development", "--confirm=development", "--allow-empty");

        assertThat(meant.exit()).as(meant.err()).isZero();
        assertThat(names(target)).isEmpty();
    }

    private static List<String> names(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.startsWith("monarch.") && !name.startsWith("system."))
                .toList();
    }
}
