package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.BackupStoreException;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.contract.SampleBackups;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AbandonedUploadTests {

    private static final byte[] CONTENT = SampleBackups.bytes(27 * TestBucket.MIB);

    private final TestBucket bucket = TestBucket.create();

    @AfterEach
    void close() {
        bucket.close();
    }

    @Test
    void theRemainsOfAKilledProcessAreNotListedAndAreRemovedWhenOld() {
        S3Server server = bucket.server();
        try (TestProcess process = TestProcess.java(
                UploadProcess.class,
                server.endpoint().toString(),
                server.accessKey(),
                server.secretKey(),
                bucket.name())) {
            process.awaitLine("WRITING"::equals, Duration.ofSeconds(60));
        }
        assertThat(bucket.keys()).containsExactly(".busy/kennel", "kennel.archive.zst");
        assertThat(bucket.pendingUploads()).hasSize(1);
        assertThat(bucket.store().list()).isEmpty();
        assertThat(bucket.store().foreignArchives()).isEmpty();

        // No process knows yet that it is dead.
        assertThat(SampleBackups.store(bucket.store(), "kennel", new byte[1]).name())
                .isEqualTo("kennel_2");
        assertThat(bucket.pendingUploads()).hasSize(1);

        SampleBackups.store(bucket.impatientStore(bucket.client()), "other", new byte[1]);
        assertThat(bucket.pendingUploads()).isEmpty();
        assertThat(bucket.keys())
                .containsExactly(
                        "kennel_2.archive.zst", "kennel_2.manifest.json", "other.archive.zst", "other.manifest.json");
    }

    @Test
    void uploadsOfLiveProcessesAreKept() {
        try (BackupUpload alive = bucket.store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(alive, CONTENT);
            SampleBackups.store(bucket.store(), "other", new byte[1]);
            alive.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, CONTENT));
        }

        assertThat(bucket.store().list()).hasSize(2);
    }

    @Test
    void aProcessThatWasConsideredDeadDetectsThisAndStoresNothing() {
        try (BackupUpload slow = bucket.store().begin("kennel", SampleBackups.EXTENSION)) {
            SampleBackups.write(slow, new byte[10]);
            SampleBackups.store(bucket.impatientStore(bucket.client()), "other", new byte[1]);
            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(
                            () -> slow.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, new byte[10])))
                    .withMessageContaining("was taken over by another process");
        }

        assertThat(bucket.keys()).containsExactly("other.archive.zst", "other.manifest.json");
    }

    @Test
    void anUploadSendsHeartbeats() throws IOException {
        try (FaultyLine line = FaultyLine.to(bucket.server().endpoint());
                S3Client client = bucket.server().at(line.uri()).client();
                BackupUpload upload = bucket.impatientStore(client).begin("kennel", SampleBackups.EXTENSION)) {
            long before = signs(line);
            upload.write(new byte[1], 0, 1);
            upload.write(new byte[1], 0, 1);
            assertThat(signs(line)).isEqualTo(before + 2);
        }
    }

    private static long signs(FaultyLine line) {
        return line.requests().stream()
                .filter(request -> request.startsWith("PUT") && request.contains(".busy"))
                .count();
    }

    @Test
    void aCompleteBackupStaysIfItsProcessDiesBeforeItReleasesTheName() {
        SampleBackups.store(bucket.store(), "kennel", CONTENT);
        bucket.put(".busy/kennel", "WRITING a-token " + SampleBackups.EXTENSION);
        SampleBackups.store(bucket.impatientStore(bucket.client()), "other", new byte[1]);

        assertThat(bucket.store().list()).hasSize(2);
        assertThat(bucket.keys())
                .containsExactly(
                        "kennel.archive.zst",
                        "kennel.archive.zst.001",
                        "kennel.manifest.json",
                        "other.archive.zst",
                        "other.manifest.json");
    }

    @Test
    void aDeletionOfADeadProcessIsCompleted() {
        SampleBackups.store(bucket.store(), "kennel", CONTENT);
        bucket.put(".busy/kennel", "DELETING a-token " + SampleBackups.EXTENSION);
        bucket.client()
                .deleteObject(delete -> delete.bucket(bucket.name()).key(TestBucket.PREFIX + "kennel.manifest.json"));
        SampleBackups.store(bucket.impatientStore(bucket.client()), "other", new byte[1]);

        assertThat(bucket.keys()).containsExactly("other.archive.zst", "other.manifest.json");
    }

    @Test
    void foreignObjectsUnderACheckedNameStay() {
        bucket.put("kennel.archive.zst", "somebody's");
        bucket.put(".busy/kennel", "LOOKING a-token " + SampleBackups.EXTENSION);
        SampleBackups.store(bucket.impatientStore(bucket.client()), "other", new byte[1]);

        assertThat(bucket.keys()).containsExactly("kennel.archive.zst", "other.archive.zst", "other.manifest.json");
    }

    @Test
    void foreignObjectsUnderBusyStayAndAreIgnored() {
        bucket.put(".busy/", "");
        bucket.put(".busy/notes", "BUYING some food");
        bucket.put(".busy/kennel", "WRITING a-token ../../another.archive.zst");

        SampleBackups.store(bucket.impatientStore(bucket.client()), "other", new byte[1]);
        assertThat(SampleBackups.store(bucket.impatientStore(bucket.client()), "notes", new byte[1])
                        .name())
                .isEqualTo("notes_2");

        assertThat(bucket.keys()).contains(".busy/notes", ".busy/kennel", "other.manifest.json");
        bucket.put(".busy/other", "nobody's business");
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> bucket.store().delete("other"))
                .withMessageContaining("'backups/kennel/.busy/other' was not written by Monarch");
        assertThat(bucket.store().list()).hasSize(2);
    }

    @Test
    void aHeartbeatWhoseResponseIsLostDoesNotEndTheUpload() throws IOException {
        try (FaultyLine line = FaultyLine.to(bucket.server().endpoint());
                S3Client client = bucket.server().at(line.uri()).client()) {
            // The first takes the name, the second says what is done with it.
            line.cutResponse(request -> request.startsWith("PUT") && signs(line) == 2, 1, 1);
            SampleBackups.store(bucket.store(client, TestBucket.LIMITS), "kennel", CONTENT);
        }

        assertThat(bucket.store().list()).hasSize(1);
    }

    @Test
    void aFailedHeartbeatIsRepeatedLater() throws IOException {
        try (FaultyLine line = FaultyLine.to(bucket.server().endpoint());
                S3Client client = bucket.server().at(line.uri()).client();
                BackupUpload upload = bucket.impatientStore(client).begin("kennel", SampleBackups.EXTENSION)) {
            line.answer(request -> request.startsWith("PUT") && request.contains(".busy"), 503, "SlowDown", 16);
            upload.write(new byte[1], 0, 1);
            upload.complete(SampleBackups.manifest("kennel", SampleBackups.STARTED, new byte[1]));
        }

        assertThat(bucket.store().list()).hasSize(1);
    }

    @Test
    void aBackupThatLosesItsNameToADeletionUsesAnother() throws IOException {
        SampleBackups.store(bucket.store(), "kennel", new byte[1]);
        try (FaultyLine line = FaultyLine.to(bucket.server().endpoint());
                S3Client client = bucket.server().at(line.uri()).client()) {
            // Between the claim of the name and the check for objects with this name.
            AtomicBoolean deleted = new AtomicBoolean();
            line.answer(
                    request -> {
                        if (request.startsWith("GET") && request.contains("list-type") && !deleted.getAndSet(true)) {
                            bucket.store().delete("kennel");
                        }
                        return false;
                    },
                    500,
                    "",
                    0);
            assertThat(SampleBackups.store(bucket.store(client, TestBucket.LIMITS), "kennel", CONTENT)
                            .name())
                    .isEqualTo("kennel_2");
        }

        assertThat(bucket.keys())
                .containsExactly("kennel_2.archive.zst", "kennel_2.archive.zst.001", "kennel_2.manifest.json");
    }
}
