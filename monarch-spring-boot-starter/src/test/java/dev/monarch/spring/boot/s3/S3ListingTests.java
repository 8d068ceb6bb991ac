package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.ManifestJson;

import static org.assertj.core.api.Assertions.assertThat;

class S3ListingTests {

    /** More objects than a page of the service has, several times; more than that under the profile {@code proof}. */
    private static final int BACKUPS = Integer.getInteger("monarch.proof.backups", 1_200);

    private static final byte[] CONTENT = {1};

    private final TestBucket bucket = TestBucket.create();

    @AfterEach
    void close() {
        bucket.close();
    }

    @Test
    void allOfManyBackupsUnderOnePrefixAreListed() {
        IntStream.range(0, BACKUPS).parallel().forEach(i -> {
            String name = "kennel-" + i;
            put(name + ".archive.zst", CONTENT);
            put(
                    name + ".manifest.json",
                    ManifestJson.write(Stored.manifest(name, Stored.STARTED.plusSeconds(i), CONTENT)));
        });

        List<BackupSummary> backups = bucket.store().list();
        assertThat(backups).hasSize(BACKUPS);
        assertThat(backups.get(0).name()).isEqualTo("kennel-" + (BACKUPS - 1));
        assertThat(backups.get(BACKUPS - 1).name()).isEqualTo("kennel-0");
    }

    /** As a file where the server keeps files, which is many times faster. */
    private void put(String key, byte[] bytes) {
        Path files = bucket.server().files();
        if (files == null) {
            bucket.client()
                    .putObject(
                            put -> put.bucket(bucket.name()).key(TestBucket.PREFIX + key),
                            RequestBody.fromBytes(bytes));
            return;
        }
        Path file = files.resolve(bucket.name()).resolve(TestBucket.PREFIX + key);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
