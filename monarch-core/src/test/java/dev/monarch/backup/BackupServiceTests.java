package dev.monarch.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.mongodb.client.model.CreateCollectionOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.BackupStoreException;
import dev.monarch.InvalidRequestException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.archive.Compression;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@MongoTest
class BackupServiceTests {

    @TempDir
    private Path parent;

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(folder(), KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }

    private Path folder() {
        return parent.resolve("backups");
    }

    @Test
    void aBackupIsNamedAfterItsEnvironmentAndItsTime(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);

        assertThat(kennel(mongo).backUp("kennel").name()).isEqualTo("kennel__2026_11_20T103005Z");
        assertThat(kennel(mongo).backUp("kennel").name()).isEqualTo("kennel__2026_11_20T103005Z_2");
        assertThat(kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").named("before the flood"))
                        .name())
                .isEqualTo("before the flood__2026_11_20T103005Z");
    }

    @Test
    void theManifestDescribesTheContents(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3_000);
        mongo.database().getCollection("monarch.lock").insertOne(new Document("_id", "environment"));

        Manifest manifest = kennel(mongo).backUp("kennel");

        assertThat(kennel(mongo).backups().find(manifest.name())).isEqualTo(manifest);
        assertThat(manifest.source().environment()).isEqualTo("kennel");
        assertThat(manifest.source().database()).isEqualTo(mongo.databaseName());
        assertThat(manifest.collections())
                .extracting(BackedUpCollection::name)
                .containsExactly("cats", "dogs", "monarch.history", "nobody");
        assertThat(manifest.collection("dogs").orElseThrow().totals().documents())
                .isEqualTo(3_000);
        assertThat(manifest.collection("dogs").orElseThrow().description().indexes())
                .hasSize(2);
        assertThat(manifest.history()).isEqualTo(new Manifest.History("monarch.history", 4, "2"));
        assertThat(manifest.isPartial()).isFalse();
        assertThat(kennel(mongo).backups().list()).containsExactly(manifest.summary("local"));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aSnapshotIsReadIfTheServerSupportsIt(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);

        Manifest manifest = kennel(mongo).backUp("kennel");

        assertThat(manifest.reading().achieved()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(manifest.reading().clusterTime()).isNotNull();
        assertThat(manifest.source().server().topology()).startsWith("replica set ");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aFailedBackupLeavesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        mongo.database()
                .createCollection(
                        "log", new CreateCollectionOptions().capped(true).sizeInBytes(4096));
        BackupRequest snapshot = BackupRequest.of("kennel").consistent(Consistency.SNAPSHOT);

        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(snapshot))
                .withMessageStartingWith("Could not back up 'kennel'");

        assertThat(files()).isEmpty();
        Manifest best = kennel(mongo).backUp("kennel");
        assertThat(best.reading().achieved()).isEqualTo(ReadReport.AchievedConsistency.PER_COLLECTION);
        assertThat(best.collection("log").orElseThrow().reason()).isNotBlank();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void anInterruptedBackupLeavesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 20_000);
        Thread here = Thread.currentThread();
        BackupRequest request = BackupRequest.of("kennel")
                .reportingTo(progress -> here.interrupt())
                .paced(Pace.FULL.withWorkers(1));

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(request));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true, members = 3)
    void aBackupSurvivesAFailover(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 60_000);
        AtomicBoolean steppedDown = new AtomicBoolean();
        Kennel kennel = kennel(mongo).withHookInBackup(() -> {
            mongo.stepDown(Duration.ofSeconds(20));
            steppedDown.set(true);
        });

        Manifest manifest = kennel.backUp("kennel");

        assertThat(steppedDown).isTrue();
        assertThat(manifest.documents()).isEqualTo(60_014);
        assertThat(manifest.reading().achieved()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(kennel.backups().verify(manifest.name()).findings()).isEmpty();
    }

    @Test
    void aFullDiskEndsABackupAndLeavesNothing(TestMongo mongo) throws Exception {
        KennelDatabase.fill(mongo.database(), 3_000);
        try (TinyDisk disk = TinyDisk.mountedIn(parent)) {
            Path backups = disk.folder().resolve("backups");
            Kennel kennel =
                    Kennel.of(backups, KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));

            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() ->
                            kennel.backups().backup(BackupRequest.of("kennel").compressed(Compression.NONE)))
                    .withMessageContaining("its disk is full");

            assertThat(files(backups)).isEmpty();
            assertThat(kennel.backups().list()).isEmpty();
        }
    }

    @Test
    void aPartialBackupIsMarkedAsPartial(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);
        BackupRequest part =
                BackupRequest.of("kennel").selecting(new CollectionSelection(List.of("*s"), List.of("c*")));

        Manifest manifest = kennel(mongo).backups().backup(part).manifest();

        assertThat(manifest.collections()).extracting(BackedUpCollection::name).containsExactly("dogs");
        assertThat(manifest.isPartial()).isTrue();
        assertThat(manifest.history()).isNull();
    }

    @Test
    void aFilterMayNameAMissingHistory(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 3);
        CollectionSelection selection =
                new CollectionSelection(List.of("dogs", KennelDatabase.HISTORY, "monarch.lock"), List.of());

        Manifest backup = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").selecting(selection))
                .manifest();

        assertThat(backup.collections()).extracting(BackedUpCollection::name).containsExactly("dogs");
        assertThat(kennel(mongo)
                        .restores()
                        .plan(
                                Kennel.request(backup, "kennel")
                                        .selecting(selection)
                                        .partialInto("kennel"),
                                Approval.naming("kennel"))
                        .refusals())
                .isEmpty();
    }

    @Test
    void aPatternWithoutAMatchIsRefusedWithTheExistingNames(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        BackupRequest part = BackupRequest.of("kennel").selecting(new CollectionSelection(List.of("dogz"), List.of()));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(part))
                .withMessageContaining("No collection matches 'dogz'. Did you mean dogs")
                .withMessageContaining("There are: cats, dogs, monarch.history, nobody.");
        assertThat(files()).isEmpty();
    }

    @Test
    void anInvalidNameIsRefused(TestMongo mongo) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").named("../kennel")))
                .withMessageContaining("'../kennel'");
    }

    @Test
    void anInterruptedSwapIsNotBackedUp(TestMongo mongo) {
        Kennel kennel = kennel(mongo);
        JournalEntries.insert(
                mongo.database(),
                new Document("_id", "1a2b3c4d")
                        .append("state", "SWAPPING")
                        .append("purpose", "restore into")
                        .append("host", "web-1:4711")
                        .append("since", new Date())
                        .append("done", 1)
                        .append(
                                "steps",
                                List.of(
                                        new Document("kind", "DROP").append("target", "a"),
                                        new Document("kind", "CREATE_VIEW").append("target", "b"))));

        assertThatExceptionOfType(SwapInterruptedException.class)
                .isThrownBy(() -> kennel.backups().backup(BackupRequest.of("kennel")))
                .withMessageContaining("1 of 2 steps are done");
        assertThat(kennel.backups().list()).isEmpty();
    }

    @Test
    void theMessageNamesAnUnknownStore(TestMongo mongo) {
        assertThatExceptionOfType(UnknownBackupStoreException.class)
                .isThrownBy(() -> kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").into("locale")))
                .withMessage("There is no backup store 'locale'. The stores are: local.")
                .satisfies(unknown -> {
                    assertThat(unknown.name()).isEqualTo("locale");
                    assertThat(unknown.known()).containsExactly("local");
                });
    }

    private List<String> files() throws IOException {
        return Files.exists(folder()) ? files(folder()) : List.of();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".monarch.lock"))
                    .toList();
        }
    }

    @Test
    void aBackupWithAQuerySetIsMaskedAndItsManifestSaysSo(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        QuerySetRequest some =
                QuerySetRequest.of("MaskedDogs").with("howMany", "20").with("password", "s3cret");

        Manifest manifest = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").withQuerySet(some).compressed(Compression.NONE))
                .manifest();

        assertThat(manifest.isPartial()).isTrue();
        assertThat(manifest.documents()).isEqualTo(20);
        assertThat(manifest.collections()).extracting(BackedUpCollection::name).containsExactly("dogs");
        assertThat(manifest.scope().part())
                .isEqualTo(new Manifest.Part(
                        "MaskedDogs", Map.of("howMany", "20"), List.of(new MaskedField("dogs", "name", "name"))));
        assertThat(kennel(mongo).backups().find(manifest.name()).scope().part())
                .isEqualTo(manifest.scope().part());
        for (String file : files()) {
            assertThat(Files.readString(folder().resolve(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("dogs7", "s3cret", "woof");
        }
        assertThat(kennel(mongo).backups().verify(manifest.name()).ok()).isTrue();
    }

    @Test
    void anUnknownQuerySetLeavesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 10);

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").withQuerySet(QuerySetRequest.of("MaskdDogs"))))
                .withMessageContaining("Did you mean MaskedDogs?");
        assertThat(files()).isEmpty();
    }

    @Test
    void aManifestContainsTheVersionOfMonarch(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3);

        assertThat(kennel(mongo).backUp("kennel").origin().monarchVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
}
