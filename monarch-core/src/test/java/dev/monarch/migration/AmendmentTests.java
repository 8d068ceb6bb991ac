package dev.monarch.migration;

import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.monarch.InvalidRequestException;
import dev.monarch.LockLostException;
import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Amendment.AmendmentPlan;
import dev.monarch.migration.Amendment.PlannedAmendment;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Manual changes of the history and of the lock. */
@MongoTest
class AmendmentTests {

    @Test
    void anIgnoredMigrationCountsAsDone(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1", "2");

        AmendmentPlan done = amend(migrations, Amendment.ignore("1", "done by the old scripts"));
        migrations.migrate();

        assertThat(done.changes())
                .containsExactly(
                        new PlannedAmendment("1", MigrationStatus.State.PENDING, MigrationStatus.State.IGNORED));
        assertThat(migrations.ran()).containsExactly("2");
        assertThat(migrations.entry("1"))
                .extracting(HistoryEntry::state, HistoryEntry::reason, HistoryEntry::attempts)
                .containsExactly(MigrationState.IGNORED, "done by the old scripts", 0);
    }

    @Test
    void allPendingMigrationsCanBeIgnored(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");
        migrations.migrate();
        migrations.withRecording("2", "3");

        amend(migrations, Amendment.ignoreAll("restored from elsewhere"));

        assertThat(migrations.migrator().plan().isUpToDate()).isTrue();
        assertThat(migrations.ran()).containsExactly("1");
        assertThat(migrations.history())
                .extracting(HistoryEntry::state)
                .containsExactly(MigrationState.APPLIED, MigrationState.IGNORED, MigrationState.IGNORED);
    }

    @Test
    void aBaselineIgnoresAllMigrationsUpToItsId(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1", "2", "10");

        amend(migrations, Amendment.baseline("2", "the database was there before"));
        migrations.migrate();

        assertThat(migrations.ran()).containsExactly("10");
    }

    @Test
    void aBaselineAboveAFailedMigrationIsRefused(TestMongo mongo) {
        TestMigrations migrations = failed(mongo).withRecording("2");

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> amend(migrations, Amendment.baseline("2", "why not")))
                .withMessageContaining("'1' is FAILED, and must be resolved first.");
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
    }

    @Test
    void aFailedMigrationIsResolvedAsApplied(TestMongo mongo) {
        TestMigrations migrations = failed(mongo).withRecording("2");

        amend(migrations, Amendment.resolveApplied("1", "mended by hand"));
        migrations.migrate();

        assertThat(migrations.ran()).containsExactly("2");
        assertThat(migrations.entry("1"))
                .extracting(HistoryEntry::state, HistoryEntry::error, HistoryEntry::reason)
                .containsExactly(MigrationState.APPLIED, null, "mended by hand");
    }

    @Test
    void aFailedMigrationIsResolvedAsPendingAndKeepsItsTrail(TestMongo mongo) {
        TestMigrations migrations = failed(mongo);

        amend(migrations, Amendment.resolvePending("1", "cleaned up by hand"));

        assertThat(migrations.migrator().plan().pending())
                .containsExactly(new PlannedMigration("1", PlannedMigration.Reason.NEW, 0, null));
        assertThat(migrations.historyDocuments().get(0).getArray("trail")).hasSize(3);
    }

    @Test
    void anAppliedMigrationCannotBeResolvedOrIgnored(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");
        migrations.migrate();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> amend(migrations, Amendment.resolvePending("1", "again")))
                .withMessageContaining(
                        "'1' is APPLIED; only a migration that was started and has not ended, or has failed,");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> amend(migrations, Amendment.ignore("1", "again")))
                .withMessageContaining("'1' is APPLIED already.");
    }

    @Test
    void anUnknownMigrationIsRefused(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("202611201030-unique-email");

        assertThatExceptionOfType(UnknownMigrationException.class)
                .isThrownBy(() -> amend(migrations, Amendment.ignore("unique-email", "typo")))
                .satisfies(e -> assertThat(e.nearest()).containsExactly("202611201030-unique-email"));
    }

    @Test
    void aProtectedEnvironmentMustBeNamed(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(MonarchEnvironment.using(
                        "production", Protection.DEFAULT, mongo.client(), mongo.databaseName()))
                .withRecording("1");

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> migrations.migrator().amend(Amendment.ignoreAll("x"), Approval.confirmed()));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> migrations.migrator().unlock(Approval.confirmed()));

        assertThat(migrations.history()).isEmpty();
    }

    @Test
    void aRunWhoseLockIsRemovedStops(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo);
        migrations.with("1", context -> {
            assertThat(migrations.migrator().lockHolder())
                    .hasValueSatisfying(holder -> assertThat(holder.purpose()).isEqualTo("migrate"));
            assertThat(migrations.migrator().unlock(Approval.none())).isPresent();
            assertThat(migrations.migrator().lockHolder()).isEmpty();
            awaitLoss(context);
        });

        assertThatExceptionOfType(LockLostException.class).isThrownBy(migrations::migrate);

        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.RUNNING);
        assertThat(migrations.migrator().unlock(Approval.none())).isEmpty();
    }

    @Test
    void aManualMigrationStopsLaterRunsAfterAnInterruption(TestMongo mongo) {
        MigrationPolicy manual = new MigrationPolicy(false, Run.ONCE, "", OnInterrupted.MANUAL, Set.of());
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("0");
        migrations.with("1", manual, context -> {
            TestMigrations.record(context, "1");
            if (migrations.entry("1").attempts() == 1) {
                migrations.migrator().unlock(Approval.none());
                awaitLoss(context);
            }
        });
        assertThatExceptionOfType(LockLostException.class).isThrownBy(migrations::migrate);
        migrations.withRecording("2");

        assertThatExceptionOfType(MigrationUnresolvedException.class)
                .isThrownBy(migrations::migrate)
                .withMessage(
                        "Migration '1' on environment 'test' was started and not ended, and needs manual intervention"
                                + " ('onInterrupted = MANUAL').");
        assertThat(migrations.ran()).containsExactly("0", "1");

        amend(migrations, Amendment.resolveApplied("1", "looked"));
        migrations.migrate();
        assertThat(migrations.ran()).containsExactly("0", "1", "2");
    }

    /** The heartbeat detects it, if nothing else does. */
    private static void awaitLoss(MigrationContext context) {
        await().untilAsserted(
                        () -> assertThatExceptionOfType(LockLostException.class).isThrownBy(context::ensureLock));
    }

    private static TestMigrations failed(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            throw new IllegalStateException("no bones left");
        });
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);
        return migrations;
    }

    private static AmendmentPlan amend(TestMigrations migrations, Amendment amendment) {
        return migrations.migrator().amend(amendment, Approval.none());
    }
}
