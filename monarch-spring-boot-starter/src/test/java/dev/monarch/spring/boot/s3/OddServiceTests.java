package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.contract.SampleBackups;
import dev.monarch.spring.boot.s3.OddService.Oddity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Backups in services that deviate from S3. */
class OddServiceTests {

    /** This service accepts smaller parts than S3. */
    private static final S3Limits LIMITS = new S3Limits(
            TestBucket.MIB / 4, 2, TestBucket.MIB / 2, 3, 4, 4, Duration.ofMillis(10), Duration.ofHours(24));

    /** Two objects of several parts. */
    private static final byte[] CONTENT = SampleBackups.bytes(27 * TestBucket.MIB / 20);

    private static S3BackupStore store(S3Client client) {
        return store(client, LIMITS);
    }

    private static S3BackupStore store(S3Client client, S3Limits limits) {
        return new S3BackupStore(new S3Bucket(client, OddService.BUCKET, "", ObjectSettings.OF_THE_BUCKET), limits);
    }

    private static S3Client whenRequired(OddService service) {
        return service.asServer()
                .builder("any-secret")
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .build();
    }

    private static void assertWorks(S3BackupStore store) throws IOException {
        SampleBackups.store(store, "kennel", CONTENT);
        assertThat(store.list()).hasSize(1);
        assertThat(store.open("kennel").readAllBytes()).isEqualTo(CONTENT);
        assertThat(store.open("kennel", List.of(new Span(700_000, 100))).readAllBytes())
                .hasSize(100);
        store.delete("kennel");
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_TRAILERS", "OPAQUE_ETAGS", "FAILS_IN_THE_BODY"})
    void harmlessDeviationsWork(Oddity oddity) throws IOException {
        try (OddService service = new OddService(oddity);
                S3Client client = service.asServer().client()) {
            assertWorks(store(client));
            assertThat(service.keys()).isEmpty();
            assertThat(service.uploads()).isZero();
        }
    }

    @Test
    void aBackupWaitsForAServiceThatShowsObjectsLate() {
        try (OddService service = new OddService(Oddity.LATE);
                S3Client client = service.asServer().client()) {
            SampleBackups.store(store(client), "kennel", CONTENT);
            assertThat(store(client).list()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_CHECKSUMS", "NO_TRAILERS"})
    void aServiceWithoutChecksumsWorksIfTheyAreDisabled(Oddity oddity) throws IOException {
        try (OddService service = new OddService(oddity);
                S3Client client = whenRequired(service)) {
            assertWorks(store(client));
            assertThat(service.keys()).isEmpty();
        }
    }

    /** As the message advises. */
    @Test
    void aSystemPropertyOfTheSdkIsApplied() {
        System.setProperty("aws.requestChecksumCalculation", "when_required");
        try (OddService service = new OddService(Oddity.NO_CHECKSUMS);
                S3Client client = service.asServer().client()) {
            SampleBackups.store(store(client), "kennel", CONTENT);
            assertThat(store(client).list()).hasSize(1);
        } finally {
            System.clearProperty("aws.requestChecksumCalculation");
        }
    }

    @Test
    void theErrorForAServiceWithoutChecksumsNamesTheSetting() {
        try (OddService service = new OddService(Oddity.NO_CHECKSUMS);
                S3Client client = service.asServer().client()) {
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> SampleBackups.store(store(client), "kennel", CONTENT))
                    .withMessageContaining("400 InvalidArgument")
                    .satisfies(e -> assertThat(e.nextStep()).contains("request-checksum-calculation to when_required"))
                    .satisfies(e -> assertThat(e.nextStep()).contains("AWS_REQUEST_CHECKSUM_CALCULATION"));
        }
    }

    @Test
    void aServiceThatStoresChunksIsDetectedImmediately() {
        try (OddService service = new OddService(Oddity.KEEPS_CHUNKS);
                S3Client client = service.asServer().client()) {
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> store(client).begin("kennel", SampleBackups.EXTENSION))
                    .withMessageContaining("'.busy/kennel' does not contain the data that was written to it")
                    .satisfies(e -> assertThat(e.nextStep()).contains("chunked-encoding-enabled"));
            assertThat(service.keys()).isEmpty();
        }
    }

    @Test
    void aServiceThatStoresChunksWorksWithoutChunks() throws IOException {
        try (OddService service = new OddService(Oddity.KEEPS_CHUNKS);
                S3Client client = service.asServer()
                        .builder("any-secret")
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .build()) {
            assertWorks(store(client));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHORTENS_PARTS", "SPOILS_MANIFESTS"})
    void aBackupThatTheServiceChangesFails(Oddity oddity) {
        try (OddService service = new OddService(oddity);
                S3Client client = service.asServer().client()) {
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> SampleBackups.store(store(client), "kennel", CONTENT))
                    .withMessageContaining("the service does not store what it receives");
            assertThat(service.keys()).isEmpty();
            assertThat(service.uploads()).isZero();
        }
    }

    @Test
    void aServiceWithoutRangesIsRefused() {
        try (OddService service = new OddService(Oddity.NO_RANGES);
                S3Client client = service.asServer().client()) {
            S3BackupStore store = store(client);
            SampleBackups.store(store, "kennel", CONTENT);

            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() -> store.open("kennel").readAllBytes())
                    .withMessageContaining("'kennel.archive.zst' cannot be read (")
                    .withMessageContaining("another range than was requested");
        }
    }

    /** With KMS keys, the second attempt finds an ETag that was in no answer. */
    @Test
    void aHeartbeatWhoseResponseIsLostDoesNotEndTheUpload() throws IOException {
        S3Limits impatient = TestBucket.IMPATIENT;
        try (OddService service = new OddService(Oddity.OPAQUE_ETAGS);
                FaultyLine line = FaultyLine.to(service.asServer().endpoint());
                S3Client client = service.asServer().at(line.uri()).client();
                BackupUpload upload = store(client, impatient).begin("kennel", SampleBackups.EXTENSION)) {
            line.cutResponse(request -> request.startsWith("PUT") && request.contains(".busy"), 1, 1);
            upload.write(new byte[10], 0, 10);
            upload.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, new byte[10]));

            assertThat(service.keys()).containsExactly("kennel.archive.zst", "kennel.manifest.json");
        }
    }
}
