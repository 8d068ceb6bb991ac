package dev.monarch.migration;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.monarch.InvalidRequestException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.RollbackFailedException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.RollbackPlan.PlannedRollback;
import dev.monarch.migration.RollbackPlan.RollbackReport;
import dev.monarch.migration.RollbackPlan.RollbackReport.RolledBackMigration;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Rollback of applied migrations. */
@MongoTest
class RollbackTests {

    @Test
    void rollsBackTheLastMigration(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1", "2", "3");

        RollbackReport report = rollback(migrations, RollbackTarget.last(1));

        assertThat(report.rolledBack()).extracting(RolledBackMigration::id).containsExactly("3");
        assertThat(migrations.ran()).containsExactly("1", "2", "3", "-3");
        assertThat(migrations.history())
                .extracting(HistoryEntry::state)
                .containsExactly(MigrationState.APPLIED, MigrationState.APPLIED, MigrationState.ROLLED_BACK);
    }

    @Test
    void rollsBackTheLastTwoMigrations(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1", "2", "3");

        rollback(migrations, RollbackTarget.last(2));

        assertThat(migrations.ran()).containsExactly("1", "2", "3", "-3", "-2");
    }

    @Test
    void aLargerCountRollsBackAllMigrations(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1", "2");

        rollback(migrations, RollbackTarget.last(9));

        assertThat(migrations.ran()).containsExactly("1", "2", "-2", "-1");
        assertThat(rollback(migrations, RollbackTarget.last(1)).rolledBack()).isEmpty();
    }

    @Test
    void rollsBackOneMigrationInTheMiddle(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1", "2", "3");

        rollback(migrations, RollbackTarget.one("2"));

        assertThat(migrations.ran()).containsExactly("1", "2", "3", "-2");
        assertThat(migrations.migrator().plan().ids()).containsExactly("2");
    }

    @Test
    void rollsBackInTheReverseOrderOfApplication(TestMongo mongo) {
        applied(mongo, "1", "3", "5");
        TestMigrations migrations = applied(mongo, "1", "2", "3", "4", "5");
        assertThat(migrations.ran()).containsExactly("1", "3", "5", "2", "4");

        rollback(migrations, RollbackTarget.downTo("5"));

        assertThat(migrations.ran()).containsExactly("1", "3", "5", "2", "4", "-4", "-2", "-5");
        assertThat(migrations.migrator().plan().ids()).containsExactly("2", "4", "5");
    }

    @Test
    void aRolledBackMigrationIsPendingAndCanBeAppliedAgain(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1", "2");
        rollback(migrations, RollbackTarget.one("1"));

        migrations.migrate();
        rollback(migrations, RollbackTarget.last(1));

        assertThat(migrations.ran()).containsExactly("1", "2", "-1", "1", "-1");
    }

    @Test
    void isRefusedAtTheStartIfOneMigrationHasNoDown(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1")
                .withReversible("2", "3")
                .withRecording("4");
        migrations.migrate();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> rollback(migrations, RollbackTarget.downTo("1")))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly("'4' has no 'down' (bean '4').", "'1' has no 'down' (bean '1')."));

        assertThat(migrations.ran()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void isRefusedIfTheMigrationNoLongerExists(TestMongo mongo) {
        applied(mongo, "1", "2");

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> rollback(TestMigrations.on(mongo).withReversible("1"), RollbackTarget.last(2)))
                .withMessageContaining("'2' is applied, but the application has no migration with this id.");
    }

    @Test
    void anUnappliedOrUnknownMigrationIsRefused(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1-dogs").withReversible("2-cats");

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> rollback(migrations, RollbackTarget.one("2-cats")))
                .withMessageContaining("'2-cats' is not applied.");
        assertThatExceptionOfType(UnknownMigrationException.class)
                .isThrownBy(() -> rollback(migrations, RollbackTarget.downTo("1-dog")))
                .withMessage("There is no migration '1-dog' on environment 'test'.")
                .satisfies(e -> assertThat(e.nearest()).containsExactly("1-dogs"));
    }

    @Test
    void anIgnoredMigrationIsRolledBackWithoutItsDown(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1").withRecording("2");
        migrations.migrator().amend(Amendment.ignore("2", "done by hand"), Approval.none());

        RollbackReport report = rollback(migrations, RollbackTarget.last(2));

        assertThat(report.rolledBack())
                .extracting(RolledBackMigration::id, RolledBackMigration::down)
                .containsExactly(tuple("2", false), tuple("1", true));
        assertThat(migrations.ran()).containsExactly("1", "-1");
    }

    @Test
    void aFailedRollbackStopsAndNeedsManualIntervention(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .withReversible("1")
                .with("2", new FailingDown())
                .withReversible("3");
        migrations.migrate();

        assertThatExceptionOfType(RollbackFailedException.class)
                .isThrownBy(() -> rollback(migrations, RollbackTarget.downTo("1")))
                .withMessageContaining("Migration '2' could not be rolled back on environment 'test'")
                .withMessageContaining("no way back")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ROLLBACK_FAILED));

        assertThat(migrations.ran()).containsExactly("1", "3", "-3");
        assertThat(migrations.entry("2").state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(migrations.entry("2").error()).contains("no way back");
        assertThatExceptionOfType(MigrationUnresolvedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("'2' on environment 'test' was being rolled back, and the rollback did not end");
        assertThat(migrations.ran()).containsExactly("1", "3", "-3");

        migrations.migrator().amend(Amendment.resolveApplied("2", "looked at it"), Approval.none());
        migrations.migrate();
        assertThat(migrations.ran()).containsExactly("1", "3", "-3", "3");
    }

    @Test
    void aProtectedEnvironmentMustBeNamed(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(MonarchEnvironment.using(
                        "production", Protection.DEFAULT, mongo.client(), mongo.databaseName()))
                .withReversible("1");
        migrations.migrate();

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> migrations.migrator().rollback(RollbackTarget.last(1), Approval.confirmed()));
        assertThat(migrations.ran()).containsExactly("1");

        migrations.migrator().rollback(RollbackTarget.last(1), Approval.naming("production"));
        assertThat(migrations.ran()).containsExactly("1", "-1");
    }

    @Test
    void thePlanDescribesTheRollbackAndWritesNothing(TestMongo mongo) {
        TestMigrations migrations = applied(mongo, "1", "2");
        List<?> before = migrations.historyDocuments();

        RollbackPlan plan = migrations.migrator().planRollback(RollbackTarget.downTo("1"));

        assertThat(plan.rollbacks())
                .containsExactly(new PlannedRollback("2", true, false), new PlannedRollback("1", true, false));
        assertThat(migrations.historyDocuments()).isEqualTo(before);
    }

    private static TestMigrations applied(TestMongo mongo, String... ids) {
        TestMigrations migrations = TestMigrations.on(mongo).withReversible(ids);
        migrations.migrate();
        return migrations;
    }

    private static RollbackReport rollback(TestMigrations migrations, RollbackTarget target) {
        return migrations.migrator().rollback(target, Approval.none());
    }

    /** Its {@code down} fails. */
    private static final class FailingDown implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            // Changes nothing.
        }

        @Override
        public void down(MigrationContext context) {
            throw new IllegalStateException("no way back");
        }
    }
}
