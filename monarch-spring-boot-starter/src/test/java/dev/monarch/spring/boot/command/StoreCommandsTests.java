package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.spring.boot.s3.S3Server;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A folder and a bucket side by side, the bucket reached by nothing but properties. */
@MongoTest
class StoreCommandsTests {

    private final S3Server server = S3Server.shared();

    private final String bucket = "commands-" + UUID.randomUUID();

    @TempDir
    private Path parent;

    private TestMongo mongo;

    @BeforeEach
    void dogs(TestMongo ofTheTest) {
        mongo = ofTheTest;
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1).append("name", "Rex"));
        try (S3Client client = server.client()) {
            client.createBucket(create -> create.bucket(bucket));
            client.putObject(
                    put -> put.bucket(bucket).key("kennel/theirs.archive"), RequestBody.fromString("not one of ours"));
        }
    }

    private Commands commands(String... more) {
        return Commands.on(mongo)
                .with(
                        "--monarch.backups.local.directory=" + parent.resolve("backups"),
                        "--monarch.backups.s3.bucket=" + bucket,
                        "--monarch.backups.s3.prefix=kennel",
                        "--spring.cloud.aws.s3.endpoint=" + server.endpoint(),
                        "--spring.cloud.aws.s3.path-style-access-enabled=true",
                        "--spring.cloud.aws.region.static=us-east-1",
                        "--spring.cloud.aws.credentials.access-key=" + server.accessKey(),
                        "--spring.cloud.aws.credentials.secret-key=" + server.secretKey())
                .with(more);
    }

    @Test
    void everyCommandWorksOnTheBucketThatIsTheDefault() {
        Commands onBucket = commands("--monarch.backups.store=s3");
        Document taken = done(onBucket.run("backup", "--name", "nightly", "--output", "json"))
                .json();
        String name = taken.getString("name");

        assertThat(done(onBucket.run("list-backups")).out())
                .contains(name, "No backup, for it has no manifest: theirs.archive");
        assertThat(done(onBucket.run("show-backup", name)).out()).contains(name, "dogs");
        assertThat(done(onBucket.run("verify-backup", name)).out()).contains("is good: 1 document in 1 collection");

        dogs().insertOne(new Document("_id", 2).append("name", "Stray"));
        done(onBucket.run("restore", name + ":default", "--yes"));
        assertThat(dogs().find()).extracting(dog -> dog.getString("name")).containsExactly("Rex");

        done(onBucket.run("delete-backup", name, "--yes"));
        assertThat(names("s3")).isEmpty();
        assertThat(parent.resolve("backups"))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());
    }

    @Test
    void aBackupGoesFromOneStoreToTheOtherAndIsRestoredFromThere() {
        String name = done(commands().run("backup", "--output", "json")).json().getString("name");
        assertThat(names("local")).containsExactly(name);
        assertThat(names("s3")).isEmpty();

        assertThat(done(commands().run("copy-backup", name, "--to", "s3")).out())
                .contains("Copied as " + name + " into s3");
        done(commands().run("delete-backup", name, "--yes"));
        assertThat(names("local")).isEmpty();
        assertThat(names("s3")).containsExactly(name);

        dogs().drop();
        Result notThere = commands().run("restore", name + ":default", "--yes");
        assertThat(notThere.exit()).isEqualTo(2);
        assertThat(notThere.err()).contains("There is no complete backup '" + name + "'");
        done(commands().run("restore", name + ":default", "--yes", "--store", "s3"));
        assertThat(dogs().find()).extracting(dog -> dog.getString("name")).containsExactly("Rex");
    }

    @Test
    void eachStoreIsPrunedByItself() {
        for (String store : List.of("local", "s3")) {
            for (int i = 0; i < 2; i++) {
                done(commands().run("backup", "--store", store));
            }
        }

        Result pruned = commands("--monarch.backups.retention.default.keep-last=1")
                .run("prune-backups", "--store", "s3", "--yes");

        assertThat(done(pruned).out()).contains("Removed 1 backup");
        assertThat(names("s3")).hasSize(1);
        assertThat(names("local")).hasSize(2);
    }

    @Test
    void aStoreThatIsNotThereIsNamedWithThoseThatAre() {
        Result unknown = commands().run("list-backups", "--store", "locale");

        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no backup store 'locale'", "are: local, s3", "Did you mean local?");
    }

    private List<String> names(String store) {
        return done(commands().run("list-backups", "--store", store, "--output", "json"))
                .json()
                .getList("backups", Document.class)
                .stream()
                .map(backup -> backup.getString("name"))
                .toList();
    }

    private MongoCollection<Document> dogs() {
        return mongo.database().getCollection("dogs");
    }

    private static Result done(Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }
}
