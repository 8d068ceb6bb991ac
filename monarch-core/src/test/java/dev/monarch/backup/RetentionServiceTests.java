package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.BackupStoreException;
import dev.monarch.InvalidRequestException;
import dev.monarch.LockHeldException;
import dev.monarch.LockLostException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.engine.backup.retention.BackupRemoval;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@MongoTest
class RetentionServiceTests {

    private static final Retention TWO = Retention.NONE.keep(RetentionInterval.LAST, 2);

    private static final LockSettings IMPATIENT =
            new LockSettings(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ZERO, Duration.ofMillis(500));

    private static final class Accounts implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs");
        }
    }

    private static final class Orders implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs");
        }
    }

    private final List<String> deleted = new ArrayList<>();

    @TempDir
    private Path parent;

    @Test
    void backupsThatAreNotKeptAreRemovedOldestFirst(TestMongo mongo) {
        back(mongo, "kennel", 5);
        RetentionService service = service(mongo, name -> {});

        PruneReport report = service.prune(PruneRequest.of("kennel", TWO));

        assertThat(report.failures()).isEmpty();
        assertThat(report.removed())
                .extracting(BackupSummary::name)
                .isEqualTo(deleted)
                .containsExactly(
                        "kennel__2026_11_01T020000Z", "kennel__2026_11_02T020000Z", "kennel__2026_11_03T020000Z");
        assertThat(names()).containsExactly("kennel__2026_11_05T020000Z", "kennel__2026_11_04T020000Z");
        assertThat(service.prune(PruneRequest.of("kennel", TWO)).removed()).isEmpty();
    }

    @Test
    void aPlanRemovesNothing(TestMongo mongo) {
        back(mongo, "kennel", 3);

        RetentionPlan plan = service(mongo, name -> {}).plan(PruneRequest.of("kennel", TWO));

        assertThat(plan.removals()).extracting(BackupSummary::name).containsExactly("kennel__2026_11_01T020000Z");
        assertThat(plan.bytesToFree()).isEqualTo(plan.removals().get(0).storedBytes());
        assertThat(names()).hasSize(3);
        assertThat(mongo.database().listCollectionNames()).doesNotContain("monarch.lock");
    }

    @Test
    void backupsOfOtherEnvironmentsAreNotRemoved(TestMongo mongo) {
        back(mongo, "kennel", 3);
        back(mongo, "stable", 3);

        service(mongo, name -> {}).prune(PruneRequest.of("stable", TWO));

        assertThat(names()).filteredOn(name -> name.startsWith("kennel")).hasSize(3);
        assertThat(names()).filteredOn(name -> name.startsWith("stable")).hasSize(2);
    }

    @Test
    void schedulesWithDifferentPartsOrNamesDoNotRemoveEachOthersBackups(TestMongo mongo) {
        Retention daily = Retention.NONE.keep(RetentionInterval.DAILY, 2);
        RetentionService service = service(mongo, name -> {});
        for (String day : List.of("01", "02", "03")) {
            for (String schedule : List.of("T02:00 Accounts", "T03:00 Orders", "T04:00 nightly", "T05:00 hourly")) {
                String what = schedule.substring(7);
                BackupRequest request = BackupRequest.of("kennel");
                back(
                        mongo,
                        "2026-11-" + day + schedule.substring(0, 6) + ":00Z",
                        Character.isUpperCase(what.charAt(0))
                                ? request.withQuerySet(new QuerySetRequest(what, Map.of()))
                                : request.named(what));
                service.prune(PruneRequest.of("kennel", daily));
            }
        }

        assertThat(names())
                .containsExactly(
                        "hourly__2026_11_03T050000Z",
                        "nightly__2026_11_03T040000Z",
                        "kennel__2026_11_03T030000Z",
                        "kennel__2026_11_03T020000Z",
                        "hourly__2026_11_02T050000Z",
                        "nightly__2026_11_02T040000Z",
                        "kennel__2026_11_02T030000Z",
                        "kennel__2026_11_02T020000Z");
    }

    @Test
    void backupsOfAnotherApplicationWithTheSameEnvironmentNameAreKept(TestMongo mongo) {
        MonarchEnvironment other =
                MonarchEnvironment.using("kennel", Protection.OFF, mongo.client(), mongo.databaseName() + "_other");
        other.database().getCollection("cats").insertOne(new Document("name", "Tom"));
        EnvironmentRegistry others = new EnvironmentRegistry(() -> other, List.of(other));
        for (int night = 1; night <= 3; night++) {
            backups(others, "2026-11-0" + night + "T01:00:00Z").backup(BackupRequest.of("kennel"));
            back(mongo, "2026-11-0" + night + "T02:00:00Z", BackupRequest.of("kennel"));
        }

        PruneReport report = service(mongo, name -> {}).prune(PruneRequest.of("kennel", TWO));

        assertThat(report.removed()).extracting(BackupSummary::name).containsExactly("kennel__2026_11_01T020000Z");
        assertThat(report.plan().elsewhere())
                .extracting(BackupSummary::name)
                .containsExactly(
                        "kennel__2026_11_03T010000Z", "kennel__2026_11_02T010000Z", "kennel__2026_11_01T010000Z");
        other.database().drop();
    }

    /** A second cluster with the same host names, or a database that was dropped and created again. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void backupsOfAnotherDatabaseWithTheSameNameAreKept(TestMongo mongo) {
        service(mongo, name -> {}).prune(PruneRequest.of("kennel", TWO));
        back(mongo, "kennel", 3);
        mongo.database().getCollection(OwnCollections.LOCK).drop();

        PruneReport report = service(mongo, name -> {}).prune(PruneRequest.of("kennel", TWO));

        assertThat(report.removed()).isEmpty();
        assertThat(report.plan().elsewhere()).hasSize(3);
    }

    @Test
    void foreignAndDamagedBackupsAreReportedAndKept(TestMongo mongo) throws IOException {
        back(mongo, "kennel", 4);
        Path folder = parent.resolve("backups");
        Files.writeString(folder.resolve("kennel.archive.gz"), "one of mongodump's");
        Files.writeString(folder.resolve("notes.txt"), "do not delete");
        Files.writeString(folder.resolve("kennel__2026_11_01T020000Z.manifest.json"), "{");
        Files.writeString(folder.resolve("kennel__2026_11_02T020000Z.archive.zst"), "cut off");

        PruneReport report = service(mongo, name -> {}).prune(PruneRequest.of("kennel", TWO));

        assertThat(report.removed()).isEmpty();
        assertThat(report.plan().others())
                .contains(
                        "kennel.archive.gz",
                        "notes.txt",
                        "kennel__2026_11_01T020000Z.manifest.json",
                        "kennel__2026_11_02T020000Z.manifest.json")
                .noneMatch(name -> name.contains("_03T") || name.contains("_04T"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith(".")))
                    .hasSize(10);
        }
    }

    @Test
    void aBackupThatCannotBeRemovedDoesNotStopTheOthers(TestMongo mongo) {
        back(mongo, "kennel", 5);
        RetentionService service = service(mongo, name -> {
            if (name.contains("_02T")) {
                throw new BackupStoreException("the folder", "somebody is busy", "Try again in a moment.", null);
            }
        });

        PruneReport report = service.prune(PruneRequest.of("kennel", TWO));

        assertThat(report.removed()).hasSize(2);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.backup()).isEqualTo("kennel__2026_11_02T020000Z");
            assertThat(failure.message()).contains("somebody is busy");
        });
        assertThat(names()).hasSize(3).contains("kennel__2026_11_02T020000Z");
    }

    @Test
    void onlyBackupsShownInThePlanAreRemoved(TestMongo mongo) {
        back(mongo, "kennel", 3);
        RetentionService service = service(mongo, name -> {});
        PruneRequest request = PruneRequest.of("kennel", TWO);
        RetentionPlan shown = service.plan(request);
        back(mongo, "kennel", 5);

        service.prune(request.limitedTo(shown));

        assertThat(deleted).containsExactly("kennel__2026_11_01T020000Z");
    }

    @Test
    void nothingIsRemovedWhileTheLockIsHeld(TestMongo mongo) {
        back(mongo, "kennel", 3);
        try (HeldLock held =
                new EnvironmentLock(environment(mongo, "kennel"), IMPATIENT).acquire("migrate", null, event -> {})) {
            assertThatExceptionOfType(LockHeldException.class)
                    .isThrownBy(() -> service(mongo, name -> {}).prune(PruneRequest.of("kennel", TWO)))
                    .withMessageContaining("for migrate");
            assertThat(names()).hasSize(3);
            assertThat(prune(mongo, name -> {}, held).removed()).hasSize(1);
        }
    }

    @Test
    void theLossOfTheLockStopsTheRemoval(TestMongo mongo) {
        back(mongo, "kennel", 5);
        HeldLock held =
                new EnvironmentLock(environment(mongo, "kennel"), IMPATIENT).acquire("prune", null, event -> {});

        assertThatExceptionOfType(LockLostException.class)
                .isThrownBy(() -> prune(mongo, name -> held.lose("a test has it"), held));

        assertThat(names()).hasSize(4);
        held.close();
    }

    @Test
    void anInterruptStopsTheRemovalBetweenTwoBackups(TestMongo mongo) {
        back(mongo, "kennel", 5);
        RetentionService service = service(mongo, name -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() -> service.prune(PruneRequest.of("kennel", TWO)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(names()).hasSize(4);
        assertThat(new EnvironmentLock(environment(mongo, "kennel"), IMPATIENT).holder())
                .isEmpty();
    }

    @Test
    void aRetentionWithoutRulesIsRefused(TestMongo mongo) {
        back(mongo, "kennel", 3);
        RetentionService service = service(mongo, name -> {});

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> service.prune(PruneRequest.of("kennel", Retention.NONE)))
                .withMessageContaining("would keep nothing");
        assertThatExceptionOfType(UnknownEnvironmentException.class)
                .isThrownBy(() -> service.prune(PruneRequest.of("kennle", TWO)));
        assertThat(names()).hasSize(3);
    }

    /** Prunes as a schedule does, which holds the lock already. */
    private PruneReport prune(TestMongo mongo, Consumer<String> beforeDeleting, HeldLock held) {
        RetentionPlan plan = service(mongo, beforeDeleting).plan(PruneRequest.of("kennel", TWO));
        return new BackupRemoval(store(beforeDeleting), held).remove(plan, plan.removals());
    }

    private RetentionService service(TestMongo mongo, Consumer<String> beforeDeleting) {
        return new RetentionService(
                environments(mongo),
                new BackupStores(List.of(store(beforeDeleting)), null),
                IMPATIENT,
                Clock.systemUTC());
    }

    private BackupStore store(Consumer<String> beforeDeleting) {
        return new HookedStore(new LocalBackupStore(parent.resolve("backups")), () -> {}, () -> {}) {

            @Override
            public void delete(String name) {
                beforeDeleting.accept(name);
                deleted.add(name);
                super.delete(name);
            }
        };
    }

    private EnvironmentRegistry environments(TestMongo mongo) {
        return new EnvironmentRegistry(
                () -> environment(mongo, "kennel"),
                List.of(environment(mongo, "kennel"), environment(mongo, "stable")));
    }

    private static MonarchEnvironment environment(TestMongo mongo, String name) {
        return MonarchEnvironment.using(name, Protection.OFF, mongo.client(), mongo.databaseName());
    }

    /** Creates the missing backups of the first nights of a month. */
    private void back(TestMongo mongo, String environment, int nights) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        long there =
                names().stream().filter(name -> name.startsWith(environment)).count();
        for (long night = there; night < nights; night++) {
            Instant at = Instant.parse("2026-11-01T02:00:00Z").plus(Duration.ofDays(night));
            back(mongo, at.toString(), BackupRequest.of(environment));
        }
    }

    private void back(TestMongo mongo, String time, BackupRequest request) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        backups(environments(mongo), time).backup(request);
    }

    private BackupService backups(EnvironmentRegistry environments, String time) {
        return new BackupService(
                environments,
                new BackupStores(List.of(new LocalBackupStore(parent.resolve("backups"))), null),
                new QuerySets(List.of(new Accounts(), new Orders()), null, null),
                KennelDatabase.HISTORY,
                Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
    }

    private List<String> names() {
        return new LocalBackupStore(parent.resolve("backups"))
                .list().stream().map(BackupSummary::name).toList();
    }
}
