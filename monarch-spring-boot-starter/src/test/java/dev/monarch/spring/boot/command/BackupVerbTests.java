package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Backups of the verb, and its output. */
@MongoTest
class BackupVerbTests {

    private final TestMongo mongo;

    private final MongoDatabase source;

    @TempDir
    private Path folder;

    BackupVerbTests(TestMongo mongo) {
        this.mongo = mongo;
        this.source = mongo.client().getDatabase(mongo.databaseName() + "p");
    }

    @BeforeEach
    void tenDogsAndACat() {
        List<Document> dogs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            dogs.add(new Document("_id", i)
                    .append("name", "dog" + i)
                    .append("owner", new Document("email", "owner" + i + "@planted.example")));
        }
        source.getCollection("dogs").insertMany(dogs);
        source.getCollection("cats").insertOne(new Document("_id", 1));
    }

    private Commands commands() {
        return Commands.on(mongo)
                .with(
                        "--monarch.environments.production.uri=" + mongo.uri(source.getName()),
                        "--monarch.masking.key=a key of twenty bytes",
                        "--monarch.backups.local.directory=" + folder.resolve("backups"))
                .and(CopyDbVerbTests.Sets.class);
    }

    @Test
    void bothFormatsHaveTheNameAndTheCounts() {
        Result told = commands().run("backup", "production", "--name", "nightly");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out())
                .containsPattern("^Backed up 'production' as nightly__\\S+: 2 collections, 11 documents, ")
                .contains("\nConsistency: ")
                .containsPattern("\nLimited by: [a-z]+ [0-9]+ %");

        Document taken = commands()
                .run("backup", "production", "--only", "cats", "--output", "json")
                .json();
        assertThat(taken)
                .containsEntry("environment", "production")
                .containsEntry("documents", 1)
                .containsEntry("partial", true)
                .containsEntry("remarks", List.of())
                .containsKeys("limitedBy", "tookMillis");
        assertThat(taken.getString("name")).startsWith("production__");
    }

    @Test
    void consistencyThatTheServerDoesNotSupportIsNotARemark() {
        Result backedUp = commands().run("backup", "production", "--output=json");

        assertThat(backedUp.exit()).as(backedUp.err()).isZero();
        assertThat(backedUp.json().getList("remarks", String.class)).isEmpty();
    }

    @Test
    void aBackupOfAPartSaysSo() throws IOException {
        Result result = commands()
                .run(
                        "backup",
                        "production",
                        "--compression",
                        "none",
                        "-q",
                        "SomeDogs",
                        "-p",
                        "upTo=3",
                        "-p",
                        "token=s3cret");
        assertThat(result.exit()).as(result.err()).isZero();
        String name = commands()
                .run("list-backups", "--output", "json")
                .json()
                .getList("backups", Document.class)
                .get(0)
                .getString("name");
        Result shown = commands().run("show-backup", name);
        assertThat(shown.out())
                .contains(
                        "(partial)",
                        "Query set: SomeDogs -p cats=false -p upTo=3\n",
                        "masked: dogs.owner.email, by email");
        assertThat(commands().run("show-backup", name, "--output", "json").out())
                .contains("SomeDogs", "owner.email");
        try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("planted", "s3cret", "a key of twenty");
            }
        }
    }
}
