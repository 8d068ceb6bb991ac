package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;

import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.contract.SampleBackups;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests with another server, which supports storage classes, encryption and tags. */
class S3MockTests {

    private static final Path JAR = Path.of("target/s3mock/s3mock.jar");

    private static final byte[] CONTENT = SampleBackups.bytes(21 * TestBucket.MIB);

    @TempDir
    private static Path folder;

    private static TestProcess process;

    private static S3Server server;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of(
                "-jar",
                JAR.toString(),
                "--http.port=" + port,
                "--server.port=0",
                "--com.adobe.testing.s3mock.store.root=" + folder));
        process = TestProcess.start(Map.of(), command);
        server = new S3Server(URI.create("http://127.0.0.1:" + port), "any", "any", null);
        try (S3Client client = server.client()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> client.listBuckets().hasBuckets());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @Test
    void allOperationsWork() throws IOException {
        try (TestBucket bucket = new TestBucket(server)) {
            S3BackupStore store = bucket.store();
            assertThat(SampleBackups.store(store, "kennel", CONTENT).archive().volumes())
                    .hasSize(2);
            assertThat(SampleBackups.store(store, "kennel", CONTENT).name()).isEqualTo("kennel_2");
            try (BackupUpload upload = store.begin("given-up", SampleBackups.EXTENSION)) {
                SampleBackups.write(upload, CONTENT);
            }

            assertThat(store.list()).hasSize(2);
            assertThat(store.open("kennel").readAllBytes()).isEqualTo(CONTENT);
            assertThat(bucket.pendingUploads()).isEmpty();
            store.delete("kennel");
            store.delete("kennel_2");
            assertThat(bucket.keys()).isEmpty();
        }
    }

    @Test
    void objectsAreStoredWithTheConfiguredSettings() {
        ObjectSettings settings =
                new ObjectSettings("STANDARD_IA", ServerSideEncryption.AES256, null, Map.of("team", "kennel"));
        try (TestBucket bucket = new TestBucket(server)) {
            S3BackupStore store = bucket.store(bucket.client(), TestBucket.LIMITS, settings);
            SampleBackups.store(store, "small", new byte[1]);
            SampleBackups.store(store, "large", CONTENT);

            for (String key : List.of("small.archive.zst", "large.archive.zst")) {
                HeadObjectResponse data = look(bucket, key);
                assertThat(data.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
                assertThat(tags(bucket, key)).containsExactly(tag());
            }
            assertThat(look(bucket, "small.archive.zst").serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
            // This server does not report the encryption of multipart uploads.
            assertThat(settings.dataInParts().build().serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
            HeadObjectResponse manifest = look(bucket, "large.manifest.json");
            assertThat(manifest.storageClass()).isIn(null, StorageClass.STANDARD);
            assertThat(manifest.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
            assertThat(tags(bucket, "large.manifest.json")).containsExactly(tag());
        }
    }

    private static Tag tag() {
        return Tag.builder().key("team").value("kennel").build();
    }

    private static HeadObjectResponse look(TestBucket bucket, String key) {
        return bucket.client().headObject(head -> head.bucket(bucket.name()).key(TestBucket.PREFIX + key));
    }

    private static List<Tag> tags(TestBucket bucket, String key) {
        return bucket.client()
                .getObjectTagging(get -> get.bucket(bucket.name()).key(TestBucket.PREFIX + key))
                .tagSet();
    }
}
