package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.BackupStoreException;
import dev.monarch.MonarchException;
import dev.monarch.archive.Compression;
import dev.monarch.backup.BackupReport;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.RestoreReport;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Backups and restores of a database with a bucket. */
@MongoTest
class S3BackupServiceTests {

    private static final String HISTORY = "monarch.history";

    private final TestBucket bucket = TestBucket.create();

    private final FaultyLine line = FaultyLine.to(bucket.server().endpoint());

    private final S3Client client = bucket.server().at(line.uri()).client();

    private final LocalBackupStore local;

    private final BackupStores stores;

    private final EnvironmentRegistry environments;

    private final MongoDatabase kennel;

    private final MongoDatabase other;

    S3BackupServiceTests(TestMongo mongo, @TempDir Path folder) {
        kennel = mongo.database();
        other = mongo.client().getDatabase(kennel.getName() + "_other");
        MonarchEnvironment from = MonarchEnvironment.using("kennel", Protection.OFF, mongo.client(), kennel.getName());
        MonarchEnvironment to = MonarchEnvironment.using("other", Protection.OFF, mongo.client(), other.getName());
        environments = new EnvironmentRegistry(() -> from, List.of(from, to));
        local = new LocalBackupStore(folder.resolve("backups"));
        stores = new BackupStores(List.of(local, bucket.store(client, TestBucket.LIMITS)), "s3");
    }

    @AfterEach
    void close() throws IOException {
        other.drop();
        client.close();
        line.close();
        bucket.close();
    }

    private BackupService backups() {
        return new BackupService(
                environments, stores, new QuerySets(List.of(), null, null), HISTORY, Clock.systemUTC());
    }

    private RestoreReport restore(Manifest backup, CollectionSelection selection, String store) {
        return new RestoreService(environments, stores, new Guard(false), LockSettings.DEFAULT, HISTORY)
                .restore(
                        RestoreRequest.of(BackupSource.stored(backup.name(), store), "other")
                                .selecting(selection),
                        Approval.naming("other"));
    }

    /** Documents that cannot be compressed, so that the stored size equals the original size. */
    private void fill(String collection, int documents, int size) {
        Random random = new Random(collection.hashCode());
        List<Document> batch = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            batch.add(new Document("_id", i).append("bytes", new Binary(bytes)));
        }
        kennel.getCollection(collection).insertMany(batch);
    }

    private static List<Document> in(MongoDatabase database, String collection) {
        MongoCollection<Document> documents = database.getCollection(collection);
        return documents.find().sort(new Document("_id", 1)).into(new ArrayList<>());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "NONE"})
    void aBackupIsStoredInABucketAndRestored(Compression compression) {
        fill("dogs", 200, 10_000);
        fill("cats", 3, 10);
        BackupReport report = backups().backup(BackupRequest.of("kennel").compressed(compression));

        assertThat(report.store()).isEqualTo("s3");
        assertThat(backups().list()).containsExactly(report.manifest().summary("s3"));
        assertThat(backups().verify(report.name()).ok()).isTrue();
        restore(report.manifest(), CollectionSelection.ALL, "s3");
        assertThat(in(other, "dogs")).isEqualTo(in(kennel, "dogs"));
        backups().delete(report.name());
        assertThat(bucket.keys()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "NONE"})
    void oneCollectionIsRestoredWithoutReadingTheOthers(Compression compression) {
        fill("before", 80, 100_000);
        fill("small", 10, 20_000);
        fill("zebras", 120, 100_000);
        Manifest backup = backups()
                .backup(BackupRequest.of("kennel").compressed(compression))
                .manifest();
        long before = line.received();
        RestoreReport report = restore(backup, new CollectionSelection(List.of("small"), List.of()), "s3");

        assertThat(report.replacement().loaded().documents()).isEqualTo(10);
        assertThat(in(other, "small")).isEqualTo(in(kennel, "small"));
        assertThat(line.received() - before).isLessThan(backup.archive().length() / 20);
    }

    @Test
    void aChangedFrameIsNotRestored() {
        fill("dogs", 20, 1000);
        Manifest backup = backups()
                .backup(BackupRequest.of("kennel").compressed(Compression.NONE))
                .manifest();
        byte[] bytes = bucket.client()
                .getObjectAsBytes(get -> get.bucket(bucket.name()).key(TestBucket.PREFIX + backup.name() + ".archive"))
                .asByteArray();
        bytes[bytes.length - 2000] ^= 1;
        bucket.client()
                .putObject(
                        put -> put.bucket(bucket.name()).key(TestBucket.PREFIX + backup.name() + ".archive"),
                        RequestBody.fromBytes(bytes));

        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() -> restore(backup, new CollectionSelection(List.of("dogs"), List.of()), "s3"));
        assertThat(in(other, "dogs")).isEmpty();
        assertThat(backups().verify(backup.name()).ok()).isFalse();
    }

    @Test
    void aBackupIsCopiedUnchangedToAnotherStore() {
        fill("dogs", 1200, 20_000);
        Manifest inFolder =
                backups().backup(BackupRequest.of("kennel").into("local")).manifest();
        Manifest inBucket = backups().copy(inFolder.name(), "local", "s3");
        Manifest back = backups().copy(inFolder.name(), "s3", "local");

        assertThat(inBucket.archive().volumes()).hasSize(2);
        assertThat(inBucket.archive().sha256()).isEqualTo(inFolder.archive().sha256());
        assertThat(back.name()).isEqualTo(inFolder.name() + "_2");
        assertThat(back.withName(inFolder.name())).isEqualTo(inFolder);
        assertThat(backups()
                        .verify(BackupSource.stored(back.name(), "local"), TransferListener.NONE)
                        .ok())
                .isTrue();
        restore(inBucket, CollectionSelection.ALL, "s3");
        assertThat(in(other, "dogs")).isEqualTo(in(kennel, "dogs"));
    }

    @Test
    void aDamagedBackupIsNotCopied() {
        fill("dogs", 20, 1000);
        Manifest backup = backups().backup(BackupRequest.of("kennel")).manifest();
        String key = TestBucket.PREFIX
                + backup.name()
                + backup.archive().volumes().get(0).extension();
        bucket.client()
                .putObject(
                        put -> put.bucket(bucket.name()).key(key),
                        RequestBody.fromBytes(new byte[(int) backup.archive().length()]));

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> backups().copy(backup.name(), null, "local"))
                .withMessageContaining("is damaged: the SHA-256");
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> backups().copy(backup.name(), null, "s3"))
                .withMessageContaining("is already in this store");
        assertThat(local.list()).isEmpty();
    }
}
