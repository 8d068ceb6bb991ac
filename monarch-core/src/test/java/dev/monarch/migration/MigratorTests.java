package dev.monarch.migration;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.mapping.Field;

import dev.monarch.HistoryWriteException;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationVetoedException;
import dev.monarch.Reason;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;
import dev.monarch.migration.Migrator.MigrationSurroundings;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@MongoTest
class MigratorTests {

    @Test
    void runsEachMigrationOnceInNaturalOrder(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("10-c", "9-b", "1-a");

        MigrationReport first = migrations.migrate();
        MigrationReport second = migrations.migrate();

        assertThat(migrations.ran()).containsExactly("1-a", "9-b", "10-c");
        assertThat(first.applied()).extracting(AppliedMigration::id).containsExactly("1-a", "9-b", "10-c");
        assertThat(second.applied()).isEmpty();
        assertThat(migrations.history())
                .extracting(HistoryEntry::id, HistoryEntry::state, HistoryEntry::attempts)
                .containsExactly(
                        tuple("1-a", MigrationState.APPLIED, 1),
                        tuple("9-b", MigrationState.APPLIED, 1),
                        tuple("10-c", MigrationState.APPLIED, 1));
        assertThat(migrations.history()).allSatisfy(entry -> {
            assertThat(entry.startedAt()).isNotNull();
            assertThat(entry.finishedAt()).isNotNull();
            assertThat(entry.elapsed()).isNotNull();
            assertThat(entry.host()).isNotNull();
            assertThat(entry.error()).isNull();
        });
    }

    @Test
    void thePlanSaysWhatARunWouldDoAndWritesNothing(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("2", "1");

        MigrationPlan plan = migrations.migrator().plan();

        assertThat(plan.pendingIds()).containsExactly("1", "2");
        assertThat(plan.applied()).isZero();
        assertThat(plan.isUpToDate()).isFalse();
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void aHistoryThatABackfillCreatesAtTheSameTimeIsUsed(TestMongo mongo) {
        CommandListener other = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("create")) {
                    mongo.database().createCollection("monarch.history");
                }
            }
        };
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new com.mongodb.ConnectionString(mongo.uri()))
                .addCommandListener(other)
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            TestMigrations migrations = TestMigrations.on(
                            MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()))
                    .withRecording("m1");

            assertThat(migrations.migrate().applied()).hasSize(1);
        }
    }

    @Test
    void nothingPendingIsOneRoundTripWithoutALock(TestMongo mongo) {
        TestMigrations.on(mongo)
                .withRecording(IntStream.range(0, 150).mapToObj(i -> "m" + i).toArray(String[]::new))
                .migrate();
        BsonDocument lockBefore = TestMigrations.on(mongo).lockDocument();
        CountedCommands commands = new CountedCommands();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new com.mongodb.ConnectionString(mongo.uri()))
                .addCommandListener(commands)
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            TestMigrations again = TestMigrations.on(
                            MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()))
                    .withRecording(
                            IntStream.range(0, 150).mapToObj(i -> "m" + i).toArray(String[]::new));

            again.migrate();

            assertThat(commands.names()).containsExactly("find");
            assertThat(again.events()).containsExactly(new MigrationEvent.NothingPending("test", 150));
            assertThat(again.lockDocument()).isEqualTo(lockBefore);
        }
    }

    @Test
    void theStatusOfAFailedMigrationHasTheStackTraceThatTheHistoryKeeps(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1").with("2", context -> {
            throw new IOException("no bones left");
        });
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

        List<MigrationStatus> status = migrations.migrator().status();

        assertThat(status.get(0).stack()).isNull();
        assertThat(status.get(1).stack())
                .startsWith("java.io.IOException: no bones left")
                .contains("\tat " + MigratorTests.class.getName());
    }

    @Test
    void aFailureStopsTheRunAndTheNextRunStartsWithIt(TestMongo mongo) {
        AtomicBoolean broken = new AtomicBoolean(true);
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1", "3")
                .with("2", context -> {
                    if (broken.get()) {
                        throw new IOException("no bones left");
                    }
                    TestMigrations.record(context, "2");
                });

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withCauseInstanceOf(IOException.class)
                .withMessageContaining("no bones left")
                .satisfies(e -> assertThat(e.id()).isEqualTo("2"))
                .satisfies(e -> assertThat(e.attempt()).isEqualTo(1));
        assertThat(migrations.ran()).containsExactly("1");
        HistoryEntry failed = migrations.entry("2");
        assertThat(failed.state()).isEqualTo(MigrationState.FAILED);
        assertThat(failed.error()).isEqualTo("java.io.IOException: no bones left");
        assertThat(migrations.history()).extracting(HistoryEntry::id).containsExactly("1", "2");
        assertThat(migrations.migrator().plan().pending())
                .extracting(PlannedMigration::id, PlannedMigration::reason, PlannedMigration::attempts)
                .containsExactly(
                        tuple("2", PlannedMigration.Reason.FAILED, 1), tuple("3", PlannedMigration.Reason.NEW, 0));

        broken.set(false);
        MigrationReport report = migrations.migrate();

        assertThat(report.applied())
                .extracting(AppliedMigration::id, AppliedMigration::attempt)
                .containsExactly(tuple("2", 2), tuple("3", 1));
        assertThat(migrations.ran()).containsExactly("1", "2", "3");
        assertThat(migrations.entry("2").error()).isNull();
    }

    @Test
    void aHistoryThatCannotBeWrittenFailsTheRun(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1", "3")
                .with("2", context -> {
                    TestMigrations.record(context, "2");
                    // "1" is APPLIED, and the history refuses everything else from now on.
                    mongo.database()
                            .getCollection("monarch.history")
                            .createIndex(new Document("state", 1), new IndexOptions().unique(true));
                });

        assertThatExceptionOfType(HistoryWriteException.class)
                .isThrownBy(migrations::migrate)
                .satisfies(e -> assertThat(e.id()).isEqualTo("2"))
                .satisfies(e -> assertThat(e.state()).isEqualTo("APPLIED"));
        assertThat(migrations.ran()).containsExactly("1", "2");
        assertThat(migrations.entry("2").state()).isEqualTo(MigrationState.RUNNING);
        assertThat(migrations.lockDocument()).doesNotContainKey("token");

        mongo.database().getCollection("monarch.history").dropIndex("state_1");
        assertThat(TestMigrations.on(mongo)
                        .withRecording("1", "2", "3")
                        .migrate()
                        .applied())
                .extracting(AppliedMigration::id, AppliedMigration::attempt)
                .containsExactly(tuple("2", 2), tuple("3", 1));
    }

    @Test
    void anErrorIsAFailureToo(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            throw new StackOverflowError("deep");
        });

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withCauseInstanceOf(StackOverflowError.class);
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
    }

    /** The driver quotes a connection string that it cannot read. */
    @Test
    void credentialsInAMessageReachNeitherTheHistoryNorTheException(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            throw new IllegalStateException("cannot read mongodb://keeper:hunter2@db.example.com");
        });

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .satisfies(failure -> assertThat(failure.getMessage())
                        .contains("mongodb://***@db.example.com")
                        .doesNotContain("hunter2"));
        assertThat(mongo.database().getCollection("monarch.history").find())
                .singleElement()
                .satisfies(entry -> assertThat(entry.toJson())
                        .contains("mongodb://***@db.example.com")
                        .doesNotContain("hunter2"));
    }

    @Test
    void theHistoryIsWrittenAndTheLockReleasedOnAnInterruptedThread(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            Thread.currentThread().interrupt();
            throw new InterruptedException("asked to stop");
        });

        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
        assertThat(migrations.lockDocument()).doesNotContainKey("token");
    }

    @Test
    void theTrailKeepsOnlyTheNewestSteps(TestMongo mongo) {
        AtomicInteger attempts = new AtomicInteger();
        TestMigrations migrations = TestMigrations.on(mongo)
                .settings(settings(UnknownMigrations.WARN, OutOfOrder.RUN, 100))
                .with("1", context -> {
                    throw new IllegalStateException("attempt " + attempts.incrementAndGet());
                });

        for (int i = 0; i < 15; i++) {
            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);
        }

        BsonDocument document = migrations.historyDocuments().get(0);
        assertThat(document.getArray("trail")).hasSize(20);
        BsonDocument newest = document.getArray("trail").get(19).asDocument();
        assertThat(newest.getString("state").getValue()).isEqualTo("FAILED");
        assertThat(newest.getNumber("attempt").intValue()).isEqualTo(15);
        assertThat(newest.getString("error").getValue()).contains("attempt 15");
    }

    @Test
    void aMigrationThatNeverSucceedsIsNotStartedAgain(TestMongo mongo) {
        AtomicInteger attempts = new AtomicInteger();
        TestMigrations migrations = TestMigrations.on(mongo)
                .settings(settings(UnknownMigrations.WARN, OutOfOrder.RUN, 2))
                .with("1", context -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("always");
                });
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);
        }

        assertThatExceptionOfType(MigrationExhaustedException.class)
                .isThrownBy(migrations::migrate)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MIGRATION_EXHAUSTED))
                .withMessageContaining("always");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void everyProblemIsFoundAndReportedTogetherBeforeAnythingRuns(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("0-gone").migrate();
        TestMigrations migrations = TestMigrations.on(mongo)
                .settings(settings(UnknownMigrations.FAIL, OutOfOrder.RUN, 10))
                .withRecording("1-a", "01-a", " ", "5", "5", "tab\t");

        assertThatExceptionOfType(InvalidMigrationsException.class)
                .isThrownBy(migrations::migrate)
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(5)
                        .anySatisfy(problem -> assertThat(problem).contains("'1-a'", "'01-a'", "natural order"))
                        .anySatisfy(problem -> assertThat(problem).contains("has no id"))
                        .anySatisfy(problem -> assertThat(problem).contains("'5' is used twice"))
                        .anySatisfy(problem -> assertThat(problem).contains("white space"))
                        .anySatisfy(problem -> assertThat(problem).contains("'0-gone'")));
        assertThat(migrations.ran()).containsExactly("0-gone");
    }

    @Test
    void anUnknownIdIsAWarningByDefault(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1").migrate();
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("2");

        migrations.migrate();

        assertThat(migrations.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                MigrationEvent.Warning.class,
                                warning -> assertThat(warning.text()).contains("'1'")));
        assertThat(migrations.ran()).containsExactly("1", "2");
    }

    @Test
    void anUnknownIdNewerThanEveryKnownOneNeverFails(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1", "2").migrate();
        TestMigrations earlierVersion = TestMigrations.on(mongo)
                .settings(settings(UnknownMigrations.FAIL, OutOfOrder.RUN, 10))
                .withRecording("1");

        assertThat(earlierVersion.migrate().applied()).isEmpty();
        assertThat(earlierVersion.events()).hasAtLeastOneElementOfType(MigrationEvent.Warning.class);
    }

    @Test
    void aLateMigrationRunsOrWarnsOrIsRefused(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("2").migrate();

        TestMigrations refusing = TestMigrations.on(mongo)
                .settings(settings(UnknownMigrations.WARN, OutOfOrder.REFUSE, 10))
                .withRecording("1", "2", "3");
        assertThatExceptionOfType(InvalidMigrationsException.class)
                .isThrownBy(refusing::migrate)
                .withMessageContaining("'1' is pending although '2'");
        assertThat(refusing.ran()).containsExactly("2");

        TestMigrations warning = TestMigrations.on(mongo)
                .settings(settings(UnknownMigrations.WARN, OutOfOrder.WARN, 10))
                .withRecording("1", "2");
        assertThat(warning.migrate().applied()).extracting(AppliedMigration::id).containsExactly("1");
        assertThat(warning.events()).hasAtLeastOneElementOfType(MigrationEvent.Warning.class);

        TestMigrations running = TestMigrations.on(mongo).withRecording("0", "1", "2");
        assertThat(running.migrate().applied()).extracting(AppliedMigration::id).containsExactly("0");
        assertThat(running.events()).doesNotHaveAnyElementsOfTypes(MigrationEvent.Warning.class);
    }

    @Test
    void scopesInOneDatabaseDoNotSeeEachOther(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1").migrate();
        TestMigrations other = TestMigrations.on(mongo)
                .settings(new MigrationSettings(
                        "monarch.history",
                        "billing",
                        UnknownMigrations.FAIL,
                        OutOfOrder.RUN,
                        10,
                        OtherHistories.REFUSE,
                        TestMigrations.QUICK_LOCK,
                        MigrationSettings.DEFAULT.warnAfter(),
                        MigrationSettings.DEFAULT.warnEvery()))
                .withRecording("1");

        assertThat(other.migrate().applied()).hasSize(1);
        assertThat(other.ran()).containsExactly("1", "1");
    }

    @Test
    void aHistoryThatWasCopiedWhileAMigrationRanIsRetried(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");
        migrations.migrate();
        mongo.database()
                .getCollection("monarch.history")
                .updateOne(Filters.eq("_id.id", "1"), Updates.set("state", "INTERRUPTED"));

        assertThat(migrations.migrator().plan().pending())
                .extracting(PlannedMigration::reason)
                .containsExactly(PlannedMigration.Reason.INTERRUPTED);
        assertThat(migrations.migrate().applied())
                .extracting(AppliedMigration::attempt)
                .containsExactly(2);
    }

    @Test
    void templateDatabaseAndEnvironmentAreThoseOfTheEnvironment(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            context.template().insert(new Dog("rex"));
            context.database().getCollection("kennel").insertOne(new Document("name", "old"));
            assertThat(context.environment().name()).isEqualTo("test");
            assertThat(context.session() != null).isEqualTo(mongo.isReal());
            context.ensureLock();
        });

        migrations.migrate();

        assertThat(mongo.database().getCollection("dog").find().first()).containsEntry("called", "rex");
        assertThat(mongo.database().getCollection("kennel").countDocuments()).isEqualTo(1);
    }

    @Test
    void listenersReceiveEveryStepAndTheirExceptionsAreIgnored(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");
        Migrator migrator = new Migrator(
                migrations.environment(),
                MigrationSet.of(List.of(new RegisteredMigration("1", context -> {}, "bean"))),
                MigrationSettings.DEFAULT.withLock(TestMigrations.QUICK_LOCK),
                new Guard(false),
                new MigrationSurroundings(
                        null,
                        null,
                        List.of(
                                event -> {
                                    throw new IllegalStateException("a listener's own trouble");
                                },
                                migrations.events()::add),
                        List.of()));

        migrator.migrate();

        assertThat(migrations.events())
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        MigrationEvent.RunStarted.class,
                        MigrationEvent.Started.class,
                        MigrationEvent.Applied.class,
                        MigrationEvent.RunFinished.class);
    }

    @Test
    void listenersHearThatARunFailedOnceAndWhenNothingHasStarted(TestMongo mongo) {
        TestMigrations failing = TestMigrations.on(mongo).with("1", context -> {
            throw new IllegalStateException("no bones left");
        });
        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(failing::migrate)
                .satisfies(error -> assertThat(failing.events())
                        .endsWith(new MigrationEvent.RunFailed("test", error))
                        .doesNotHaveAnyElementsOfTypes(MigrationEvent.RunFinished.class));
        assertThat(failing.events())
                .filteredOn(MigrationEvent.RunFailed.class::isInstance)
                .hasSize(1);

        TestMigrations vetoed = TestMigrations.on(mongo).withRecording("2").hooked(new MigrationHook() {
            @Override
            public void beforeRun(RunPlan plan) {
                throw new IllegalStateException("not at night");
            }
        });
        assertThatExceptionOfType(MigrationVetoedException.class)
                .isThrownBy(vetoed::migrate)
                .satisfies(error -> assertThat(vetoed.events()).endsWith(new MigrationEvent.RunFailed("test", error)));
        assertThat(vetoed.events()).doesNotHaveAnyElementsOfTypes(MigrationEvent.RunStarted.class);
    }

    private static MigrationSettings settings(UnknownMigrations unknown, OutOfOrder outOfOrder, int maxAttempts) {
        return new MigrationSettings(
                "monarch.history",
                "default",
                unknown,
                outOfOrder,
                maxAttempts,
                OtherHistories.REFUSE,
                TestMigrations.QUICK_LOCK,
                MigrationSettings.DEFAULT.warnAfter(),
                MigrationSettings.DEFAULT.warnEvery());
    }

    private record Dog(@Field("called") String name) {}
}
