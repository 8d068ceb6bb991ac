package dev.monarch.migration;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which migrations a run applies: up to one, one by name, those that repeat, those of this environment. */
@MongoTest
class TargetTests {

    @Test
    void runsUpToAnIdAndIncludesIt(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1", "2", "10");

        migrations.migrator().migrate(MigrationTarget.upTo("2"));

        assertThat(migrations.ran()).containsExactly("1", "2");
        assertThat(migrations.migrator().plan().ids()).containsExactly("10");
    }

    @Test
    void anUnknownLastIdIsRefusedWithSimilarOnes(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1-dogs", "2-cats");

        assertThatExceptionOfType(UnknownMigrationException.class)
                .isThrownBy(() -> migrations.migrator().migrate(MigrationTarget.upTo("2-cat")))
                .withMessage("There is no migration '2-cat' on environment 'test'.")
                .satisfies(e -> assertThat(e.nearest()).containsExactly("2-cats"));
        assertThat(migrations.ran()).isEmpty();
    }

    @Test
    void aNamedMigrationRunsWhateverItsState(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1", "2");
        migrations.migrator().migrate(MigrationTarget.one("2"));
        migrations.migrator().migrate(MigrationTarget.one("2"));

        assertThat(migrations.ran()).containsExactly("2", "2");
        assertThat(migrations.migrator().plan().ids()).containsExactly("1");
        assertThat(migrations.entry("2"))
                .extracting(HistoryEntry::state, HistoryEntry::attempts)
                .containsExactly(MigrationState.APPLIED, 1);
    }

    @Test
    void aNamedMigrationRunsAfterItsLastAttempt(TestMongo mongo) {
        MigrationSettings once = new MigrationSettings(
                "monarch.history",
                "default",
                UnknownMigrations.WARN,
                OutOfOrder.RUN,
                1,
                OtherHistories.REFUSE,
                TestMigrations.QUICK_LOCK,
                MigrationSettings.DEFAULT.warnAfter(),
                MigrationSettings.DEFAULT.warnEvery());
        TestMigrations broken = TestMigrations.on(mongo).settings(once).with("1", context -> {
            throw new IllegalStateException("broken");
        });
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(broken::migrate);

        TestMigrations mended = TestMigrations.on(mongo).settings(once).withRecording("1");
        mended.migrator().migrate(MigrationTarget.one("1"));

        assertThat(mended.ran()).containsExactly("1");
        assertThat(mended.entry("1").attempts()).isEqualTo(2);
    }

    @Test
    void aMigrationThatRunsAlwaysRunsInEveryRunAfterAllOthers(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .with("0-always", policy(Run.ALWAYS, ""), context -> TestMigrations.record(context, "always"))
                .withRecording("1");
        migrations.migrate();
        migrations.withRecording("2");
        migrations.migrate();

        assertThat(migrations.ran()).containsExactly("1", "always", "2", "always");
        assertThat(migrations.entry("0-always").attempts()).isEqualTo(1);
    }

    @Test
    void aMigrationThatRunsOnChangeRunsWhenItsVersionChanges(TestMongo mongo) {
        onChange(mongo, "1").migrate();
        onChange(mongo, "1").migrate();
        TestMigrations changed = onChange(mongo, "2");
        assertThat(changed.migrator().status())
                .extracting(MigrationStatus::state)
                .containsExactly(MigrationStatus.State.CHANGED);
        changed.migrate();
        changed.migrate();

        assertThat(changed.ran()).containsExactly("version 1", "version 2");
    }

    @Test
    void aMigrationOfAnotherEnvironmentDoesNotRun(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .with("1", in("test", "staging"), context -> TestMigrations.record(context, "1"))
                .with("2", in("staging"), context -> TestMigrations.record(context, "2"));

        migrations.migrate();

        assertThat(migrations.ran()).containsExactly("1");
        assertThat(migrations.migrator().status())
                .extracting(MigrationStatus::state)
                .containsExactly(MigrationStatus.State.APPLIED, MigrationStatus.State.ELSEWHERE);
        assertThatExceptionOfType(UnknownMigrationException.class)
                .isThrownBy(() -> migrations.migrator().migrate(MigrationTarget.one("2")));
    }

    @Test
    void theStatusCombinesCodeAndHistory(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1", "2").migrate();
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1")
                .with("3", context -> {
                    throw new IllegalStateException("no bones left");
                })
                .withRecording("4");
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

        List<MigrationStatus> status = migrations.migrator().status();

        assertThat(status)
                .extracting(MigrationStatus::state)
                .containsExactly(
                        MigrationStatus.State.APPLIED,
                        MigrationStatus.State.MISSING,
                        MigrationStatus.State.FAILED,
                        MigrationStatus.State.PENDING);
        assertThat(status.get(0).at()).isNotNull();
        assertThat(status.get(0).elapsed()).isNotNull();
        assertThat(status.get(2).error()).isEqualTo("java.lang.IllegalStateException: no bones left");
        assertThat(status).extracting(MigrationStatus::isPending).containsExactly(false, false, true, true);
    }

    private static TestMigrations onChange(TestMongo mongo, String version) {
        return TestMigrations.on(mongo)
                .with(
                        "1",
                        policy(Run.ON_CHANGE, version),
                        context -> TestMigrations.record(context, "version " + version));
    }

    private static MigrationPolicy policy(Run run, String version) {
        return new MigrationPolicy(false, run, version, OnInterrupted.RETRY, Set.of());
    }

    private static MigrationPolicy in(String... environments) {
        return new MigrationPolicy(false, Run.ONCE, "", OnInterrupted.RETRY, Set.of(environments));
    }
}
