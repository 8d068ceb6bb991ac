package dev.monarch.spring.boot.s3;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of one test, which the test inspects without the tested code. */
final class TestBucket implements AutoCloseable {

    static final String PREFIX = "backups/kennel/";

    static final int MIB = 1024 * 1024;

    /** The smallest parts that S3 accepts. They grow immediately, and three fill an object. */
    static final S3Limits LIMITS =
            new S3Limits(5 * MIB, 2, 10 * MIB, 3, 4, 4, Duration.ofMillis(10), Duration.ofHours(24));

    /** Settings with which a process is considered dead shortly after its last heartbeat. */
    static final S3Limits IMPATIENT = new S3Limits(5 * MIB, 2, 10 * MIB, 3, 4, 4, Duration.ofMillis(10), Duration.ZERO);

    private final S3Server server;

    private final S3Client client;

    private final String name = "test-" + UUID.randomUUID();

    TestBucket(S3Server server) {
        this.server = server;
        this.client = server.client();
        client.createBucket(create -> create.bucket(name));
    }

    static TestBucket create() {
        return new TestBucket(S3Server.shared());
    }

    S3Server server() {
        return server;
    }

    String name() {
        return name;
    }

    S3Client client() {
        return client;
    }

    S3BackupStore store() {
        return store(client, LIMITS);
    }

    S3BackupStore store(S3Client by, S3Limits limits) {
        return store(by, limits, ObjectSettings.OF_THE_BUCKET);
    }

    S3BackupStore store(S3Client by, S3Limits limits, ObjectSettings settings) {
        return new S3BackupStore(new S3Bucket(by, name, PREFIX, settings), limits);
    }

    /** A store that considers a process dead shortly after its last heartbeat. */
    S3BackupStore impatientStore(S3Client by) {
        return store(by, IMPATIENT);
    }

    void put(String key, String text) {
        client.putObject(put -> put.bucket(name).key(PREFIX + key), RequestBody.fromString(text));
    }

    /** All keys without the prefix of the tests, sorted. */
    List<String> keys() {
        return client.listObjectsV2Paginator(list -> list.bucket(name)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "/" + key)
                .sorted()
                .toList();
    }

    List<String> pendingUploads() {
        return client.listMultipartUploads(list -> list.bucket(name)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
