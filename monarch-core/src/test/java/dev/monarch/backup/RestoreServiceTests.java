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
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.TimeSeriesOptions;
import com.mongodb.client.model.ValidationOptions;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Fact;
import dev.monarch.InvalidRequestException;
import dev.monarch.LockHeldException;
import dev.monarch.LockLostException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.Compression;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;

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
                KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()),
                KennelDatabase.environment(
                        "staging", mongo.client(), target(mongo).getName()),
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
    void aRestoredDatabaseEqualsTheBackedUpOne(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3_000);
        Map<String, List<String>> before = KennelDatabase.withoutHistory(mongo.database());
        Manifest backup = kennel(mongo).backUp("kennel");
        mongo.database()
                .getCollection("dogs")
                .updateMany(new Document(), new Document("$set", new Document("note", "gone")));
        mongo.database().getCollection("cats").drop();
        KennelDatabase.fill(mongo.database(), "birds", 10);

        RestoreReport report =
                kennel(mongo).restores().restore(Kennel.request(backup, "kennel"), Approval.naming("kennel"));

        assertThat(KennelDatabase.withoutHistory(mongo.database())).isEqualTo(before);
        assertThat(report.replacement().loaded().documents()).isEqualTo(3_014);
        assertThat(report.verified()).isTrue();
        assertNothingIsLeft(mongo.database());
    }

    @Test
    void aBackupCanBeRestoredIntoADatabaseWithAnotherName(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 300);
        KennelDatabase.fill(target(mongo), "birds", 10);

        kennel(mongo)
                .restores()
                .restore(Kennel.request(kennel(mongo).backUp("kennel"), "staging"), Approval.naming("staging"));

        assertThat(KennelDatabase.withoutHistory(target(mongo)))
                .isEqualTo(KennelDatabase.withoutHistory(mongo.database()));
        assertNothingIsLeft(target(mongo));
    }

    @Test
    void aRunningMigrationBecomesInterrupted(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);

        RestoreReport report = kennel(mongo)
                .restores()
                .restore(Kennel.request(kennel(mongo).backUp("kennel"), "staging"), Approval.naming("staging"));

        assertThat(report.replacement().interruptedMigrations()).isEqualTo(2);
        assertThat(KennelDatabase.states(target(mongo)))
                .containsExactly("APPLIED", "APPLIED", "INTERRUPTED", "ROLLING_BACK");
        assertThat(KennelDatabase.states(mongo.database()))
                .containsExactly("APPLIED", "APPLIED", "RUNNING", "ROLLING_BACK");
    }

    @Test
    void theCollectionOfSchedulesIsNeitherBackedUpNorReplaced(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        mongo.database().getCollection("monarch.schedules").insertOne(new Document("_id", "of the source"));
        target(mongo).getCollection("monarch.schedules").insertOne(new Document("_id", "of the target"));

        kennel(mongo)
                .restores()
                .restore(Kennel.request(kennel(mongo).backUp("kennel"), "staging"), Approval.naming("staging"));

        assertThat(target(mongo).getCollection("monarch.schedules").find())
                .containsExactly(new Document("_id", "of the target"));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void valuesThatExtendedJsonCannotExpressAreRestored(TestMongo mongo) {
        // Documents that Extended JSON would read as other values.
        BsonDocument validator = new BsonDocument(
                "tag",
                new BsonDocument(
                        "$in",
                        new BsonArray(List.of(
                                new BsonDocument("$oid", new BsonString("57e193d7a9cc81b4027498b5")),
                                new BsonDocument("$numberLong", new BsonString("7"))))));
        mongo.database()
                .createCollection(
                        "dogs",
                        new CreateCollectionOptions()
                                .validationOptions(new ValidationOptions()
                                        .validator(
                                                new BsonDocument("$expr", new BsonDocument("$literal", validator)))));
        List<BsonDocument> before = options(mongo.database());

        Manifest backup = kennel(mongo).backUp("kennel");
        mongo.database().drop();
        kennel(mongo).restores().restore(Kennel.request(backup, "kennel"), Approval.naming("kennel"));

        assertThat(options(mongo.database())).isEqualTo(before);
        assertThat(backup.reading().warnings())
                .contains(
                        "The options or indexes of 'dogs' contain a document that Extended JSON cannot express: Monarch"
                                + " restores them, mongorestore does not.");
    }

    private static List<BsonDocument> options(MongoDatabase database) {
        return database
                .listCollections(BsonDocument.class)
                .filter(Filters.eq("name", "dogs"))
                .into(new ArrayList<>())
                .stream()
                .map(listed -> listed.getDocument("options"))
                .toList();
    }

    @Test
    void theHistoryCanBeKept(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        target(mongo).getCollection(KennelDatabase.HISTORY).insertOne(KennelDatabase.entry("9", "APPLIED", 1));

        kennel(mongo)
                .restores()
                .restore(
                        Kennel.request(kennel(mongo).backUp("kennel"), "staging")
                                .keepingHistory(),
                        Approval.naming("staging"));

        assertThat(KennelDatabase.states(target(mongo))).containsExactly("APPLIED");
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(10);
    }

    @Test
    void aFilteredRestoreChangesNothingElse(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "birds", 10);
        KennelDatabase.fill(target(mongo), "cats", 3);

        kennel(mongo)
                .restores()
                .restore(
                        Kennel.request(backup, "staging")
                                .selecting(new CollectionSelection(List.of("dogs"), List.of())),
                        Approval.naming("staging"));

        assertThat(KennelDatabase.contents(target(mongo))).containsOnlyKeys("birds", "cats", "dogs");
        assertThat(target(mongo).getCollection("cats").countDocuments()).isEqualTo(3);
        assertThat(KennelDatabase.contents(target(mongo)).get("dogs"))
                .isEqualTo(KennelDatabase.contents(mongo.database()).get("dogs"));
    }

    @Test
    void aPatternWithoutAMatchIsRefusedWithTheExistingNames(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo)
                        .restores()
                        .restore(
                                Kennel.request(backup, "staging")
                                        .selecting(new CollectionSelection(List.of("dogz"), List.of())),
                                Approval.naming("staging")))
                .withMessageContaining("There are: cats, dogs, monarch.history, nobody.");
    }

    @Test
    void aProtectedEnvironmentMustBeNamed(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        KennelDatabase.fill(target(mongo), "birds", 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        RestoreRequest request = Kennel.request(backup, "production");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request, Approval.confirmed()))
                .withMessageContaining("it is protected");
        assertThat(KennelDatabase.contents(target(mongo))).containsOnlyKeys("birds");

        kennel(mongo).restores().restore(request, Approval.naming(request.environment()));
        assertThat(KennelDatabase.contents(target(mongo))).containsKey("dogs");
    }

    @Test
    void aPartialBackupIsRefusedForItsSourceAndForProtectedEnvironments(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest part = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").selecting(new CollectionSelection(List.of("dogs"), List.of())))
                .manifest();
        KennelDatabase.fill(target(mongo), "birds", 10);
        RestoreService restores = kennel(mongo).restores();

        for (String environment : List.of("kennel", "production")) {
            RestoreRequest request = Kennel.request(part, environment);
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> restores.restore(request, Approval.naming(request.environment())))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PARTIAL_DATA));
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() ->
                            restores.restore(request.partialInto("another"), Approval.naming(request.environment())));
            restores.restore(request.partialInto(environment), Approval.naming(request.environment()));
        }
        restores.restore(Kennel.request(part, "staging"), Approval.naming("staging"));

        assertThat(KennelDatabase.contents(target(mongo)))
                .as("a partial restore removes nothing")
                .containsOnlyKeys("birds", "dogs");
        assertThat(KennelDatabase.contents(mongo.database())).containsKey("cats");
    }

    @Test
    void aDamagedBackupReplacesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 3_000);
        KennelDatabase.fill(target(mongo), "dogs", 3);
        Map<String, List<String>> before = KennelDatabase.contents(target(mongo));
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
                        .isThrownBy(() -> kennel(mongo)
                                .restores()
                                .restore(Kennel.request(backup, "staging"), Approval.naming("staging")));
                assertThat(KennelDatabase.contents(target(mongo))).isEqualTo(before);
            }
        }
    }

    @Test
    void dataOfAnotherBackupReplacesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest small = kennel(mongo).backUp("kennel");
        mongo.database().getCollection("dogs").deleteOne(Filters.eq(1));
        Manifest smaller = kennel(mongo).backUp("kennel");
        String extension = Compression.best().extension();
        Files.copy(
                folder().resolve(smaller.name() + extension),
                folder().resolve(small.name() + extension),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() ->
                        kennel(mongo).restores().restore(Kennel.request(small, "staging"), Approval.naming("staging")))
                .withMessageContaining("the SHA-256 of the data differs from that in the manifest")
                .withMessageContaining("nothing has been replaced");
        assertThat(KennelDatabase.contents(target(mongo))).isEmpty();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void anArchiveOfMongodumpIsRestoredByItsPath(TestMongo mongo) throws IOException {
        Path file = VerificationTests.foreignArchive(parent);
        RestoreRequest request = RestoreRequest.of(BackupSource.file(file), "staging")
                // Its name has the maximum length for its database, whose name is shorter than this one's.
                .selecting(new CollectionSelection(List.of(), List.of("yyy*")));

        RestoreReport report = kennel(mongo).restores().restore(request, Approval.naming(request.environment()));

        assertThat(report.verified()).isFalse();
        assertThat(report.replacement().loaded().documents()).isPositive();
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isPositive();
        assertThat(kennel(mongo)
                        .restores()
                        .plan(request, Approval.naming(request.environment()))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("This archive has no manifest"));
    }

    @Test
    void aFileThatIsNotAnArchiveIsRefused(TestMongo mongo) throws IOException {
        Path file = Files.writeString(parent.resolve("notes.txt"), "these are notes and no archive");
        RestoreRequest request = RestoreRequest.of(BackupSource.of(file.toString(), null), "staging");

        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request, Approval.naming(request.environment())));
    }

    /** The header of a zstd frame can claim that gigabytes of memory are needed. */
    @Test
    void aDamagedHeaderIsReportedAsDamage(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        Path data = folder().resolve(backup.name() + Compression.best().extension());
        byte[] bytes = Files.readAllBytes(data);
        RestoreRequest request = Kennel.request(backup, "staging");
        for (int bit = 4 * 8; bit < 6 * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(data, bytes);
            assertThatExceptionOfType(MonarchException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> kennel(mongo).restores().restore(request, Approval.naming("staging")))
                    .withMessageContaining("is damaged");
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(target(mongo).listCollectionNames()).doesNotContain("dogs");
    }

    @Test
    void theMessageNamesAnUnknownBackup(TestMongo mongo) {
        RestoreRequest request = RestoreRequest.of(BackupSource.of("nothing", null), "staging");

        assertThatExceptionOfType(UnknownBackupException.class)
                .isThrownBy(() -> kennel(mongo).restores().restore(request, Approval.naming(request.environment())))
                .withMessageContaining("'nothing'");
    }

    /** Damage in other collections is not detected. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void aRestoreOfOneCollectionReadsOnlyItsFrames(Compression compression, TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 300);
        Manifest backup = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").compressed(compression))
                .manifest();
        Path data = folder().resolve(backup.name() + compression.extension());
        flip(data, frame(backup, "cats"));
        RestoreRequest dogs = Kennel.request(backup, "staging")
                .selecting(new CollectionSelection(List.of("dogs", "nobody"), List.of()));

        kennel(mongo).restores().restore(dogs, Approval.naming(dogs.environment()));
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(300);
        assertThat(target(mongo).listCollectionNames()).contains("nobody").doesNotContain("cats");

        flip(data, frame(backup, "dogs"));
        assertThatExceptionOfType(MonarchException.class)
                .isThrownBy(() -> kennel(mongo)
                        .restores()
                        .restore(dogs.acceptingLostWrites(), Approval.naming(dogs.environment())));
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
    void onlyOneRestoreAtATimeChangesAnEnvironment(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        MonarchEnvironment staging = KennelDatabase.environment(
                "staging", mongo.client(), target(mongo).getName());
        LockSettings impatient = new LockSettings(
                KennelDatabase.LOCK.lease(),
                KennelDatabase.LOCK.heartbeat(),
                Duration.ZERO,
                KennelDatabase.LOCK.skew());
        try (HeldLock held = new EnvironmentLock(staging, KennelDatabase.LOCK).acquire("migrate", null, event -> {})) {
            held.ensureHeld();
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> kennel(mongo)
                            .withLock(impatient)
                            .restores()
                            .restore(Kennel.request(backup, "staging"), Approval.naming("staging")))
                    .withMessageContaining("migrate");
        }
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isZero();
    }

    @Test
    void theLossOfTheLockStopsARestoreBeforeTheSwap(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "birds", 10);
        MonarchEnvironment staging = KennelDatabase.environment(
                "staging", mongo.client(), target(mongo).getName());
        Kennel robbed = kennel(mongo).withHook(() -> {
            new EnvironmentLock(staging, KennelDatabase.LOCK).forceUnlock();
            await().atMost(Duration.ofSeconds(30)).until(() -> !isHeartbeating());
        });

        assertThatExceptionOfType(LockLostException.class)
                .isThrownBy(
                        () -> robbed.restores().restore(Kennel.request(backup, "staging"), Approval.naming("staging")));

        assertThat(KennelDatabase.contents(target(mongo))).containsOnlyKeys("birds");
    }

    private static boolean isHeartbeating() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("monarch-heartbeat"));
    }

    @Test
    void anInterruptStopsARestoreBeforeTheSwap(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "birds", 10);
        Kennel interrupted = kennel(mongo).withHook(() -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() ->
                        interrupted.restores().restore(Kennel.request(backup, "staging"), Approval.naming("staging")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(KennelDatabase.contents(target(mongo))).containsOnlyKeys("birds");
    }

    @Test
    void theRemainsOfAnEarlierRestoreAreRemoved(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "monarch.stage.dead.0", 10);
        JournalEntries.insert(
                target(mongo),
                Document.parse("{_id: 'dead', state: 'LOADING', purpose: 'restore into', host: 'web-1:4711',"
                        + " since: {$date: '2026-11-20T10:30:05Z'}, done: 0, steps: []}"));

        kennel(mongo).restores().restore(Kennel.request(backup, "staging"), Approval.naming("staging"));

        assertNothingIsLeft(target(mongo));
    }

    @Test
    void writesOfOthersAreNotLostUnlessAccepted(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "dogs", 10);
        Kennel busy = kennel(mongo)
                .withHook(() -> target(mongo).getCollection("dogs").insertOne(new Document("name", "late")));
        RestoreRequest request = Kennel.request(backup, "staging");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> busy.restores().restore(request, Approval.naming(request.environment())))
                .withMessageContaining("'dogs'");
        assertThat(KennelDatabase.contents(target(mongo))).containsOnlyKeys("dogs");
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(11);

        busy.restores().restore(request.acceptingLostWrites(), Approval.naming(request.environment()));
        assertThat(target(mongo).getCollection("dogs").countDocuments()).isEqualTo(100);
    }

    @Test
    void aBackupCanBeRestoredInPlace(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);
        KennelDatabase.fill(target(mongo), "dogs", 10);
        RestoreRequest request =
                Kennel.request(kennel(mongo).backUp("kennel"), "staging").inPlace();

        assertThat(kennel(mongo)
                        .restores()
                        .plan(request, Approval.naming(request.environment()))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("unsafe"));
        kennel(mongo).restores().restore(request, Approval.naming(request.environment()));

        assertThat(KennelDatabase.withoutHistory(target(mongo)))
                .isEqualTo(KennelDatabase.withoutHistory(mongo.database()));
        assertNothingIsLeft(target(mongo));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aBackupWithoutFunctionsRemovesThoseOfTheTarget(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        MongoCollection<Document> functions = target(mongo).getCollection("system.js");
        functions.insertOne(new Document("_id", "bark").append("value", "woof"));
        RestoreRequest dogs =
                Kennel.request(backup, "staging").selecting(new CollectionSelection(List.of("dogs"), List.of()));

        kennel(mongo).restores().restore(dogs, Approval.naming(dogs.environment()));
        assertThat(functions.countDocuments())
                .as("a partial restore removes nothing")
                .isOne();
        RestoreRequest whole = Kennel.request(backup, "staging");
        assertThat(kennel(mongo)
                        .restores()
                        .plan(whole, Approval.naming(whole.environment()))
                        .removed())
                .containsExactly("system.js");

        kennel(mongo).restores().restore(whole, Approval.naming(whole.environment()));
        assertThat(functions.countDocuments()).isZero();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void functionsAreRestoredInPlace(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        mongo.database().getCollection("system.js").insertOne(new Document("_id", "bark").append("value", "woof"));
        Manifest backup = kennel(mongo).backUp("kennel");
        target(mongo).getCollection("system.js").insertOne(new Document("_id", "purr").append("value", "prr"));

        kennel(mongo).restores().restore(Kennel.request(backup, "staging").inPlace(), Approval.naming("staging"));

        assertThat(KennelDatabase.withoutHistory(target(mongo)))
                .isEqualTo(KennelDatabase.withoutHistory(mongo.database()));
    }

    @Test
    void thePlanSaysThatTheNumberOfExpiredDocumentsIsUnknown(TestMongo mongo) {
        mongo.database()
                .getCollection("sessions")
                .createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(1L, TimeUnit.HOURS));
        Manifest backup = kennel(mongo).backUp("kennel");

        assertThat(kennel(mongo)
                        .restores()
                        .plan(Kennel.request(backup, "staging"), Approval.naming("staging"))
                        .warnings())
                .contains(new Fact(
                        Reason.DOCUMENTS_EXPIRE,
                        "Documents of 'sessions' that have expired by 'at' are deleted by the server within about a minute."
                                + " Their number is unknown until they are loaded."));
    }

    @Test
    void thePlanDescribesTheRestoreAndChangesNothing(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Manifest backup = kennel(mongo).backUp("kennel");
        KennelDatabase.fill(target(mongo), "birds", 10);
        KennelDatabase.fill(target(mongo), "dogs", 10);
        Map<String, List<String>> before = KennelDatabase.contents(target(mongo));

        ReplacementPlan plan =
                kennel(mongo).restores().plan(Kennel.request(backup, "staging"), Approval.naming("staging"));
        ReplacementPlan unapproved = kennel(mongo)
                .restores()
                .plan(
                        Kennel.request(backup, "production")
                                .selecting(new CollectionSelection(List.of("dogs", "zebras"), List.of())),
                        Approval.none());

        assertThat(plan.replaced()).containsExactly("dogs");
        assertThat(plan.created()).containsExactly("cats", "monarch.history", "nobody");
        assertThat(plan.removed()).containsExactly("birds");
        assertThat(plan.isPossible()).isTrue();
        assertThat(plan.warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("Change streams"));
        assertThat(unapproved.isPossible()).isFalse();
        assertThat(unapproved.refusals()).hasSize(2);
        assertThat(unapproved.kept()).containsExactly("birds");
        assertThat(KennelDatabase.contents(target(mongo))).isEqualTo(before);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void viewsValidatorsAndTimeSeriesAreRestored(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
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

        kennel(mongo).restores().restore(Kennel.request(backup, "staging"), Approval.naming("staging"));

        assertThat(backup.collection("weights").orElseThrow().description().type())
                .isEqualTo(CollectionType.TIME_SERIES);
        assertThat(KennelDatabase.withoutHistory(target(mongo)))
                .isEqualTo(KennelDatabase.withoutHistory(mongo.database()));
        assertThat(kennel(mongo).backups().verify(backup.name()).findings()).isEmpty();
    }

    private static void assertNothingIsLeft(MongoDatabase database) {
        assertThat(database.listCollectionNames()).noneMatch(name -> name.startsWith("monarch.stage."));
        assertThat(database.getCollection("monarch.journal").countDocuments()).isZero();
    }
}
