package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.TimeSeriesOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.InvalidRequestException;
import dev.monarch.LockHeldException;
import dev.monarch.LockLostException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveFrame;
import dev.monarch.archive.Compression;
import dev.monarch.environment.Approval;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.environment.Protection;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.HeldLock;
import dev.monarch.lock.LockSettings;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@MongoTest
class RestoreServiceTests {

    @TempDir
    private Path parent;

    private static MongoDatabase target(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        return mongo.client().getDatabase(name);
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(
                folder(),
                Kennel.environment("kennel", mongo.client(), mongo.databaseName()),
                Kennel.environment("staging", mongo.client(), target(mongo).getName()),
                MonarchEnvironment.using(
                        "production",
                        Protection.ON,
                        mongo.client(),
                        target(mongo).getName()));
    }

    private Path folder() {
        return parent.resolve("backups");
    }

    @Test
    void whatIsBackedUpComesBackAsItWas(TestMongo mongo) {
        Kennel.fill(mongo.database(), 3_000);
        Map<String, List<String>> before = withoutHistory(mongo.database());
        Manifest backup = kennel(mongo).backUp("kennel");
        mongo.database()
                .getCollection("dogs")
                .updateMany(new Document(), new Document("$set", new Document("note", "gone")));
        mongo.database().getCollection("cats").drop();
        Kennel.fill(mongo.database(), "birds", 10);

        RestoreReport report = kennel(mongo).restores().restore(Kennel.request(backup, "kennel"));

        assertThat(withoutHistory(mongo.database())).isEqualTo(before);
        assertThat(report.loaded().documents()).isEqualTo(3_014);
        assertThat(report.verified()).isTrue();
        assertNothingIsLeft(mongo.database());
    }

    @Test
    void itComesIntoADatabaseOfAnotherName(TestMongo mongo) {
        Kennel.fill(mongo.database(), 300);
        Kennel.fill(target(mongo), "birds", 10);

        kennel(mongo).restores().restore(Kennel.request(kennel(mongo).backUp("kennel"), "staging"));

        assertThat(withoutHistory(target(mongo))).isEqualTo(withoutHistory(mongo.database()));
        assertNothingIsLeft(target(mongo));
    }

    @Test
    void whatWasAtWorkArrivesAsInterrupted(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);

        RestoreReport report =
                kennel(mongo).restores().restore(Kennel.request(kennel(mongo).backUp("kennel"), "staging"));

        assertThat(report.interruptedMigrations()).isEqualTo(2);
        assertThat(states(target(mongo))).containsExactly("APPLIED", "APPLIED", "INTERRUPTED", "INTERRUPTED");
        assertThat(states(mongo.database())).containsExactly("APPLIED", "APPLIED", "RUNNING", "ROLLING_BACK");
    }

    @Test
    void theHistoryStaysIfItIsToBeKept(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        target(mongo).getCollection(Kennel.HISTORY).insertOne(Kennel.entry("9", "APPLIED", 1));

        kennel(mongo)
                .restores()
                .restore(Kennel.request(kennel(mongo).backUp("kennel"), "staging")
                        .keepingHistory());

        assertThat(states(target(mongo))).containsExactly("APPLIED");
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(10);
    }

    @Test
    void aFilteredRestoreTouchesNothingElse(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        Kennel.fill(target(mongo), "birds", 10);
        Kennel.fill(target(mongo), "cats", 3);

        kennel(mongo)
                .restores()
                .restore(Kennel.request(backup, "staging")
                        .selecting(new CollectionSelection(List.of("dogs"), List.of())));

        assertThat(Kennel.contents(target(mongo))).containsOnlyKeys("birds", "cats", "dogs");
        assertThat(target(mongo).getCollection("cats").countDocuments()).isEqualTo(3);
        assertThat(Kennel.contents(target(mongo)).get("dogs"))
                .isEqualTo(Kennel.contents(mongo.database()).get("dogs"));
    }

    @Test
    void aPatternThatSelectsNothingIsRefusedWithWhatThereIs(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo)
                        .restores()
                        .restore(Kennel.request(backup, "staging")
                                .selecting(new CollectionSelection(List.of("dogz"), List.of()))))
                .withMessageContaining("There are: cats, dogs, monarch.history, nobody.");
    }

    @Test
    void aProtectedEnvironmentIsToBeNamed(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Kennel.fill(target(mongo), "birds", 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        RestoreRequest request = Kennel.request(backup, "production");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request.approved(Approval.confirmed())))
                .withMessageContaining("it is protected");
        assertThat(Kennel.contents(target(mongo))).containsOnlyKeys("birds");

        kennel(mongo).restores().restore(request);
        assertThat(Kennel.contents(target(mongo))).containsKey("dogs");
    }

    @Test
    void aPartIsRefusedWhereItWouldLookLikeALoss(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Manifest part = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").selecting(new CollectionSelection(List.of("dogs"), List.of())))
                .manifest();
        Kennel.fill(target(mongo), "birds", 10);
        RestoreService restores = kennel(mongo).restores();

        for (String environment : List.of("kennel", "production")) {
            RestoreRequest request = Kennel.request(part, environment);
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> restores.restore(request))
                    .withMessageContaining("--partial-into " + environment);
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> restores.restore(request.partialInto("another")));
            restores.restore(request.partialInto(environment));
        }
        restores.restore(Kennel.request(part, "staging"));

        assertThat(Kennel.contents(target(mongo))).as("a part removes nothing").containsOnlyKeys("birds", "dogs");
        assertThat(Kennel.contents(mongo.database())).containsKey("cats");
    }

    @Test
    void aDamagedBackupReplacesNothing(TestMongo mongo) throws IOException {
        Kennel.fill(mongo.database(), 3_000);
        Kennel.fill(target(mongo), "dogs", 3);
        Map<String, List<String>> before = Kennel.contents(target(mongo));
        for (Compression compression : Compression.values()) {
            Manifest backup = kennel(mongo)
                    .backups()
                    .backup(BackupRequest.of("kennel").compressed(compression))
                    .manifest();
            Path data = folder().resolve(backup.name() + compression.extension());
            byte[] bytes = Files.readAllBytes(data);
            for (int at : new int[] {10, bytes.length / 2, bytes.length - 1}) {
                byte[] wrong = bytes.clone();
                wrong[at] ^= 4;
                Files.write(data, wrong);

                assertThatExceptionOfType(MonarchException.class)
                        .as("%s, byte %d", compression, at)
                        .isThrownBy(() -> kennel(mongo).restores().restore(Kennel.request(backup, "staging")));
                assertThat(Kennel.contents(target(mongo))).isEqualTo(before);
            }
        }
    }

    @Test
    void whatDecompressesWellAndIsNotWhatWasBackedUpReplacesNothing(TestMongo mongo) throws IOException {
        Kennel.fill(mongo.database(), 10);
        Manifest small = kennel(mongo).backUp("kennel");
        mongo.database().getCollection("dogs").deleteOne(Filters.eq(1));
        Manifest smaller = kennel(mongo).backUp("kennel");
        String extension = Compression.best().extension();
        Files.copy(
                folder().resolve(smaller.name() + extension),
                folder().resolve(small.name() + extension),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(Kennel.request(small, "staging")))
                .withMessageContaining("the SHA-256 of its data is not that of its manifest")
                .withMessageContaining("nothing has been replaced");
        assertThat(Kennel.contents(target(mongo))).isEmpty();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void anArchiveOfMongodumpIsRestoredByItsPath(TestMongo mongo) throws IOException {
        Path file = BackupServiceTests.foreignArchive(parent);
        RestoreRequest request = RestoreRequest.of(BackupSource.file(file), "staging")
                .approved(Approval.naming("staging"))
                // Its name is as long as the name of its database allows, which is shorter than this one's.
                .selecting(new CollectionSelection(List.of(), List.of("yyy*")));

        RestoreReport report = kennel(mongo).restores().restore(request);

        assertThat(report.verified()).isFalse();
        assertThat(report.loaded().documents()).isPositive();
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isPositive();
        assertThat(kennel(mongo).restores().plan(request).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("Nothing is known of this archive"));
    }

    @Test
    void somethingThatIsNoArchiveIsRefused(TestMongo mongo) throws IOException {
        Path file = Files.writeString(parent.resolve("notes.txt"), "these are notes and no archive");
        RestoreRequest request = RestoreRequest.of(BackupSource.of(file.toString(), null), "staging")
                .approved(Approval.naming("staging"));

        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request));
    }

    @Test
    void anUnknownBackupIsNamed(TestMongo mongo) {
        RestoreRequest request =
                RestoreRequest.of(BackupSource.of("nothing", null), "staging").approved(Approval.naming("staging"));

        assertThatExceptionOfType(UnknownBackupException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request))
                .withMessageContaining("'nothing'");
    }

    /** What is damaged in other collections is not even seen. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void ofOneCollectionOnlyItsOwnFramesAreRead(Compression compression, TestMongo mongo) throws IOException {
        Kennel.fill(mongo.database(), 300);
        Manifest backup = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").compressed(compression))
                .manifest();
        Path data = folder().resolve(backup.name() + compression.extension());
        flip(data, frame(backup, "cats"));
        RestoreRequest dogs = Kennel.request(backup, "staging")
                .selecting(new CollectionSelection(List.of("dogs", "nobody"), List.of()));

        kennel(mongo).restores().restore(dogs);
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(300);
        assertThat(target(mongo).listCollectionNames()).contains("nobody").doesNotContain("cats");

        flip(data, frame(backup, "dogs"));
        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(dogs.acceptingLostWrites()));
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(300);
    }

    private static ArchiveFrame frame(Manifest backup, String collection) {
        return backup.collection(collection).orElseThrow().totals().frames().get(0);
    }

    private static void flip(Path data, ArchiveFrame frame) throws IOException {
        byte[] bytes = Files.readAllBytes(data);
        bytes[(int) (frame.offset() + frame.length() / 2)] ^= 1;
        Files.write(data, bytes);
    }

    @Test
    void onlyOneAtATimeTouchesAnEnvironment(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        MonarchEnvironment staging =
                Kennel.environment("staging", mongo.client(), target(mongo).getName());
        LockSettings impatient =
                new LockSettings(Kennel.LOCK.lease(), Kennel.LOCK.heartbeat(), Duration.ZERO, Kennel.LOCK.skew());
        try (HeldLock held = new EnvironmentLock(staging, Kennel.LOCK).acquire("migrate", null, event -> {})) {
            held.ensureHeld();
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() ->
                            kennel(mongo).withLock(impatient).restores().restore(Kennel.request(backup, "staging")))
                    .withMessageContaining("migrate");
        }
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isZero();
    }

    @Test
    void theLossOfTheLockStopsItBeforeAnythingIsReplaced(TestMongo mongo) {
        Kennel.fill(mongo.database(), 100);
        Manifest backup = kennel(mongo).backUp("kennel");
        Kennel.fill(target(mongo), "birds", 10);
        MonarchEnvironment staging =
                Kennel.environment("staging", mongo.client(), target(mongo).getName());
        Kennel robbed = kennel(mongo).withHook(() -> {
            new EnvironmentLock(staging, Kennel.LOCK).breakOpen();
            await().atMost(Duration.ofSeconds(30)).until(() -> !isHeartbeating());
        });

        assertThatExceptionOfType(LockLostException.class)
                .isThrownBy(() -> robbed.restores().restore(Kennel.request(backup, "staging")));

        assertThat(Kennel.contents(target(mongo))).containsOnlyKeys("birds");
    }

    private static boolean isHeartbeating() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("monarch-heartbeat"));
    }

    @Test
    void anInterruptStopsItBeforeAnythingIsReplaced(TestMongo mongo) {
        Kennel.fill(mongo.database(), 100);
        Manifest backup = kennel(mongo).backUp("kennel");
        Kennel.fill(target(mongo), "birds", 10);
        Kennel interrupted = kennel(mongo).withHook(() -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() -> interrupted.restores().restore(Kennel.request(backup, "staging")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Kennel.contents(target(mongo))).containsOnlyKeys("birds");
    }

    @Test
    void whatAnEarlierOneLeftIsRemoved(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        Kennel.fill(target(mongo), "monarch.stage.dead.0", 10);
        target(mongo)
                .getCollection("monarch.journal")
                .insertOne(Document.parse("{_id: 'dead', state: 'LOADING', purpose: 'restore into', host: 'web-1:4711',"
                        + " since: {$date: '2026-11-20T10:30:05Z'}, done: 0, steps: []}"));

        kennel(mongo).restores().restore(Kennel.request(backup, "staging"));

        assertNothingIsLeft(target(mongo));
    }

    @Test
    void whatOthersWriteMeanwhileIsNotLostUnlessThatIsAccepted(TestMongo mongo) {
        Kennel.fill(mongo.database(), 100);
        Manifest backup = kennel(mongo).backUp("kennel");
        Kennel.fill(target(mongo), "dogs", 10);
        Kennel busy = kennel(mongo)
                .withHook(() -> target(mongo).getCollection("dogs").insertOne(new Document("name", "late")));
        RestoreRequest request = Kennel.request(backup, "staging");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> busy.restores().restore(request))
                .withMessageContaining("'dogs'");
        assertThat(Kennel.contents(target(mongo))).containsOnlyKeys("dogs");
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(11);

        busy.restores().restore(request.acceptingLostWrites());
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(100);
    }

    @Test
    void itIsLoadedInPlaceWhereThereIsNoSpaceForTwo(TestMongo mongo) {
        Kennel.fill(mongo.database(), 100);
        Kennel.fill(target(mongo), "dogs", 10);
        RestoreRequest request =
                Kennel.request(kennel(mongo).backUp("kennel"), "staging").inPlace();

        assertThat(kennel(mongo).restores().plan(request).warnings())
                .anySatisfy(warning -> assertThat(warning).contains("unsafe"));
        kennel(mongo).restores().restore(request);

        assertThat(withoutHistory(target(mongo))).isEqualTo(withoutHistory(mongo.database()));
        assertNothingIsLeft(target(mongo));
    }

    @Test
    void thePlanSaysWhatWouldHappenAndDoesNothing(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        Kennel.fill(target(mongo), "birds", 10);
        Kennel.fill(target(mongo), "dogs", 10);
        Map<String, List<String>> before = Kennel.contents(target(mongo));

        RestorePlan plan = kennel(mongo).restores().plan(Kennel.request(backup, "staging"));
        RestorePlan unapproved = kennel(mongo)
                .restores()
                .plan(Kennel.request(backup, "production")
                        .approved(Approval.none())
                        .selecting(new CollectionSelection(List.of("dogs", "zebras"), List.of())));

        assertThat(plan.replaced()).containsExactly("dogs");
        assertThat(plan.created()).containsExactly("cats", "monarch.history", "nobody");
        assertThat(plan.removed()).containsExactly("birds");
        assertThat(plan.isPossible()).isTrue();
        assertThat(plan.warnings()).anySatisfy(warning -> assertThat(warning).contains("change streams"));
        assertThat(unapproved.isPossible()).isFalse();
        assertThat(unapproved.refusals()).hasSize(2);
        assertThat(unapproved.kept()).containsExactly("birds");
        assertThat(Kennel.contents(target(mongo))).isEqualTo(before);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void viewsValidatorsAndTimeSeriesComeBack(TestMongo mongo) {
        Kennel.fill(mongo.database(), 10);
        mongo.database().createView("names", "dogs", List.of(Document.parse("{$project: {name: 1}}")));
        mongo.database()
                .createCollection(
                        "weights",
                        new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at").metaField("dog")));
        mongo.database()
                .getCollection("weights")
                .insertMany(IntStream.range(0, 100)
                        .mapToObj(i -> new Document("at", new Date(i * 1000L))
                                .append("dog", i % 3)
                                .append("kg", i))
                        .toList());
        Manifest backup = kennel(mongo).backUp("kennel");

        kennel(mongo).restores().restore(Kennel.request(backup, "staging"));

        assertThat(backup.collection("weights").orElseThrow().description().type())
                .isEqualTo(CollectionType.TIME_SERIES);
        assertThat(withoutHistory(target(mongo))).isEqualTo(withoutHistory(mongo.database()));
        assertThat(kennel(mongo).backups().verify(backup.name()).findings()).isEmpty();
    }

    private static List<String> states(MongoDatabase database) {
        return database.getCollection(Kennel.HISTORY)
                .find()
                .sort(new Document("_id", 1))
                .map(entry -> entry.getString("state"))
                .into(new ArrayList<>());
    }

    private static Map<String, List<String>> withoutHistory(MongoDatabase database) {
        Map<String, List<String>> contents = Kennel.contents(database);
        contents.remove(Kennel.HISTORY);
        return contents;
    }

    private static void assertNothingIsLeft(MongoDatabase database) {
        assertThat(database.listCollectionNames()).noneMatch(name -> name.startsWith("monarch.stage."));
        assertThat(database.getCollection("monarch.journal").countDocuments()).isZero();
    }
}
