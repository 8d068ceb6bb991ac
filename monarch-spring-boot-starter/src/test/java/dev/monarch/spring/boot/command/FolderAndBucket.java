package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.spring.boot.s3.S3Server;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** An application with two stores, and one dog to back up. Only properties configure the bucket. */
final class FolderAndBucket {

    private final S3Server server = S3Server.shared();

    private final String bucket = "commands-" + UUID.randomUUID();

    private final TestMongo mongo;

    private final Path folder;

    FolderAndBucket(TestMongo mongo, Path folder) {
        this.mongo = mongo;
        this.folder = folder;
        dogs().insertOne(new Document("_id", 1).append("name", "Rex"));
        try (S3Client client = server.client()) {
            client.createBucket(create -> create.bucket(bucket));
            client.putObject(
                    put -> put.bucket(bucket).key("kennel/theirs.archive"), RequestBody.fromString("not one of ours"));
        }
    }

    Commands commands(String... more) {
        return Commands.on(mongo)
                .with(
                        "--monarch.backups.local.directory=" + folder.resolve("backups"),
                        "--monarch.backups.s3.bucket=" + bucket,
                        "--monarch.backups.s3.prefix=kennel",
                        "--spring.cloud.aws.s3.endpoint=" + server.endpoint(),
                        "--spring.cloud.aws.s3.path-style-access-enabled=true",
                        "--spring.cloud.aws.region.static=us-east-1",
                        "--spring.cloud.aws.credentials.access-key=" + server.accessKey(),
                        "--spring.cloud.aws.credentials.secret-key=" + server.secretKey())
                .with(more);
    }

    /** The names of the backups in a store. */
    List<String> names(String store) {
        return done(commands().run("list-backups", "--store", store, "--output", "json"))
                .json()
                .getList("backups", Document.class)
                .stream()
                .map(backup -> backup.getString("name"))
                .toList();
    }

    /** Puts an object next to the backups of the bucket. */
    void putInBucket(String name, byte[] bytes) {
        try (S3Client client = server.client()) {
            client.putObject(put -> put.bucket(bucket).key("kennel/" + name), RequestBody.fromBytes(bytes));
        }
    }

    MongoCollection<Document> dogs() {
        return mongo.database().getCollection("dogs");
    }

    static Result done(Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }
}
