package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.contract.SampleBackups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Backups with faults of the network and of the service. */
class S3FaultTests {

    private static final byte[] CONTENT = SampleBackups.bytes(23 * TestBucket.MIB);

    private final TestBucket bucket = TestBucket.create();

    private final FaultyLine line = FaultyLine.to(S3Server.shared().endpoint());

    private final S3Client client = S3Server.shared().at(line.uri()).client();

    private final S3BackupStore store = bucket.store(client, TestBucket.LIMITS);

    @AfterEach
    void close() throws IOException {
        client.close();
        line.close();
        bucket.close();
    }

    private static Predicate<String> part(int number) {
        return request -> request.startsWith("PUT") && request.contains("partNumber=" + number);
    }

    private static Predicate<String> get(String key) {
        return request -> request.startsWith("GET") && request.contains(key);
    }

    @Test
    void aPartThatIsCutOffIsSentAgain() throws IOException {
        line.cutRequest(part(2), 1_000_000, 6);
        SampleBackups.store(store, "kennel", CONTENT);

        assertThat(bucket.store().open("kennel").readAllBytes()).isEqualTo(CONTENT);
        assertThat(line.requests().stream().filter(part(2))).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown"})
    void temporaryErrorsAreRetried(int status, String code) throws IOException {
        line.answer(request -> true, status, code, 1);
        line.answer(part(1), status, code, 4);
        SampleBackups.store(store, "kennel", CONTENT);
        line.answer(get("archive"), status, code, 4);

        assertThat(store.open("kennel").readAllBytes()).isEqualTo(CONTENT);
    }

    @Test
    void permanentErrorsLeaveNothingAndAreReported() {
        line.answer(part(2), 500, "InternalError", Integer.MAX_VALUE);
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> SampleBackups.store(store, "kennel", CONTENT))
                .withMessage("Backups cannot be stored in or read from the bucket '" + bucket.name()
                        + "' under 'backups/kennel/': 'backups/kennel/kennel.archive.zst' cannot be written (the service"
                        + " answered 500 InternalError).")
                .satisfies(e -> assertThat(e.nextStep()).isEqualTo("The service has a problem; try again later."));

        assertThat(bucket.keys()).isEmpty();
        assertThat(bucket.pendingUploads()).isEmpty();
    }

    @Test
    void aManifestWhoseResponseIsLostIsStored() {
        line.cutResponse(request -> request.startsWith("PUT") && request.contains("manifest"), 1, 1);
        SampleBackups.store(store, "kennel", CONTENT);

        assertThat(bucket.store().list()).hasSize(1);
        assertThat(bucket.keys())
                .containsExactly("kennel.archive.zst", "kennel.archive.zst.001", "kennel.manifest.json");
    }

    @Test
    void anUploadWhoseCompletionGetsNoResponseIsCompleted() throws IOException {
        line.cutResponse(request -> request.startsWith("POST") && request.contains("uploadId="), 1, 1);
        SampleBackups.store(store, "kennel", CONTENT);

        assertThat(bucket.store().open("kennel").readAllBytes()).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 23 * TestBucket.MIB})
    void anObjectWhoseCompletionNeverGetsAResponseIsRemoved(int length) {
        line.cutResponse(
                request -> request.startsWith("POST") && request.contains("uploadId=")
                        || request.startsWith("PUT") && request.endsWith("archive.zst"),
                1,
                Integer.MAX_VALUE);
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> SampleBackups.store(store, "kennel", SampleBackups.bytes(length)))
                .withMessageContaining("'backups/kennel/kennel.archive.zst' cannot be written");

        assertThat(bucket.keys()).isEmpty();
        assertThat(bucket.pendingUploads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadWhoseStartGetsNoResponseIsRemoved(boolean complete) {
        line.cutResponse(request -> request.startsWith("POST") && request.endsWith("?uploads"), 1, 1);
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, CONTENT);
            if (complete) {
                upload.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, CONTENT));
            }
        }

        assertThat(bucket.pendingUploads()).isEmpty();
        assertThat(bucket.store().list()).hasSize(complete ? 1 : 0);
    }

    @Test
    void dataWrittenBeforeACutIsRemoved() throws IOException {
        byte[] content = SampleBackups.bytes(27 * TestBucket.MIB);
        try (BackupUpload upload = store.begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(upload, content);
            upload.contents().close();
            assertThat(bucket.keys()).contains("kennel.archive.zst", "kennel.archive.zst.001");
            line.answer(part(1), 500, "InternalError", Integer.MAX_VALUE);
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> {
                        upload.cut(List.of(new Span(10, 10)));
                        upload.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, content));
                    })
                    .withMessageContaining("cannot be written");
        }

        assertThat(bucket.keys()).isEmpty();
        assertThat(bucket.pendingUploads()).isEmpty();
    }

    @Test
    void aClaimWhoseResponseIsLostIsRecognized() {
        line.cutResponse(request -> request.startsWith("PUT") && request.contains(".busy"), 1, 1);

        assertThat(SampleBackups.store(store, "kennel", CONTENT).name()).isEqualTo("kennel");
    }

    @Test
    void anInterruptedDownloadIsResumed() throws IOException {
        SampleBackups.store(bucket.store(), "kennel", CONTENT);
        // So few bytes that every part is cut before its end.
        line.cutResponse(get("archive"), 300_000, 7);

        assertThat(store.open("kennel").readAllBytes()).isEqualTo(CONTENT);
        assertThat(line.requests().stream().filter(get("archive"))).hasSizeGreaterThan(10);
        // The bytes before each cut were not sent again.
        assertThat(line.received()).isLessThan(CONTENT.length + 3L * TestBucket.MIB);
    }

    @Test
    void aDownloadThatIsInterruptedRepeatedlyFails() throws IOException {
        SampleBackups.store(bucket.store(), "kennel", CONTENT);
        line.cutResponse(get("archive"), 100, Integer.MAX_VALUE);

        try (var stream = store.open("kennel")) {
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(stream::readAllBytes)
                    .withMessageContaining("'backups/kennel/kennel.archive.zst' cannot be read (");
        }
    }

    @Test
    void aReadStopsIfTheObjectIsReplaced() throws IOException {
        SampleBackups.store(bucket.store(), "kennel", CONTENT);
        try (var stream = store.open("kennel")) {
            bucket.client()
                    .putObject(
                            put -> put.bucket(bucket.name()).key(TestBucket.PREFIX + "kennel.archive.zst"),
                            RequestBody.fromBytes(SampleBackups.bytes(CONTENT.length + 1)));
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(stream::readAllBytes)
                    .withMessageContaining("the service answered 412");
        }
    }

    @Test
    void onlyTheRequestedRangesAreFetched() throws IOException {
        SampleBackups.store(bucket.store(), "kennel", CONTENT);
        try (var stream = store.open("kennel", List.of(new Span(100, 10_000), new Span(20_000_000, 10_000)))) {
            assertThat(stream.readAllBytes()).hasSize(20_000);
        }

        assertThat(line.received()).isLessThan(40_000);
    }

    @Test
    void aWrongSecretIsReportedWithoutTheSecret() {
        S3Server server = S3Server.checkingSignatures();
        try (TestBucket checked = new TestBucket(server);
                S3Client wrong = server.client("a-wrong-secret")) {
            assertThat(checked.store().list()).isEmpty();
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> checked.store(wrong, TestBucket.LIMITS).list())
                    .withMessageContaining("it cannot be listed (the service answered 403 SignatureDoesNotMatch)")
                    .satisfies(e -> assertThat(e.nextStep()).contains("Check that access key and secret are correct"))
                    .withMessageNotContaining("a-wrong-secret");
        }
    }

    @Test
    void aMissingBucketIsReported() {
        S3Bucket missing = new S3Bucket(client, "not-there-at-all", "", ObjectSettings.OF_THE_BUCKET);
        S3BackupStore nowhere = new S3BackupStore(missing, TestBucket.LIMITS);

        for (Runnable action : List.<Runnable>of(
                nowhere::list, () -> nowhere.find("kennel"), () -> nowhere.begin("kennel", SampleBackups.EXTENSION))) {
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(action::run)
                    .withMessageContaining("the bucket 'not-there-at-all'")
                    .withMessageContaining("404 NoSuchBucket")
                    .satisfies(e -> assertThat(e.nextStep()).contains("monarch.backups.s3.bucket"));
        }
    }

    @Test
    void aMissingPermissionIsReported() {
        SampleBackups.store(bucket.store(), "kennel", new byte[10]);
        line.answer(request -> request.contains("list-type=2"), 403, "AccessDenied", Integer.MAX_VALUE);

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(store::list)
                .withMessageContaining("it cannot be listed (the service answered 403 AccessDenied)")
                .satisfies(e -> assertThat(e.nextStep()).contains("docs/backups.md has the policies"));
        assertThat(store.find("kennel").name()).isEqualTo("kennel");
    }

    @Test
    void aServiceWithoutConditionsIsRefused() {
        line.answer(request -> request.startsWith("PUT"), 501, "NotImplemented", Integer.MAX_VALUE);

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> store.begin("kennel", SampleBackups.EXTENSION))
                .withMessageContaining("501 NotImplemented")
                .satisfies(e -> assertThat(e.nextStep()).contains("which safe backups need"));
    }

    @Test
    void anUnreachableServiceIsReported() {
        try (S3Client nobody =
                S3Server.shared().at(URI.create("http://127.0.0.1:1")).client()) {
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> bucket.store(nobody, TestBucket.LIMITS).list())
                    .satisfies(
                            e -> assertThat(e.nextStep()).contains("Check that the service can be reached from here"));
        }
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        line.answer(part(1), 503, "SlowDown", Integer.MAX_VALUE);
        S3Limits patient = new S3Limits(
                5 * TestBucket.MIB, 2, 10 * TestBucket.MIB, 3, 4, 100, Duration.ofMinutes(5), Duration.ofHours(24));
        try (BackupUpload upload = bucket.store(client, patient).begin("kennel", SampleBackups.EXTENSION)) {
            upload.write(CONTENT, 0, 6 * TestBucket.MIB);
        }

        assertThat(bucket.keys()).isEmpty();
        assertThat(bucket.pendingUploads()).isEmpty();
    }
}
