package dev.monarch.migration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationVetoedException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Approval;
import dev.monarch.migration.MigrationHook.RunPlan;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Hooks before and after each run and each migration. */
@MongoTest
class MigrationHookTests {

    private final List<String> calls = new ArrayList<>();

    @Test
    void hooksAreCalledInOrderBeforeAndInReverseOrderAfter(TestMongo mongo) {
        TestMigrations.on(mongo)
                .withRecording("1", "2")
                .hooked(new Recorder("a"))
                .hooked(new Recorder("b"))
                .migrate();

        assertThat(calls)
                .containsExactly(
                        "a before [1, 2]",
                        "b before [1, 2]",
                        "a before 1",
                        "b before 1",
                        "b after 1",
                        "a after 1",
                        "a before 2",
                        "b before 2",
                        "b after 2",
                        "a after 2",
                        "b after [1, 2]",
                        "a after [1, 2]");
    }

    @Test
    void hooksAreNotCalledIfNothingIsPending(TestMongo mongo) {
        TestMigrations.on(mongo).withRecording("1").migrate();

        TestMigrations.on(mongo).withRecording("1").hooked(new Recorder("a")).migrate();

        assertThat(calls).isEmpty();
    }

    @Test
    void aVetoEndsTheRunBeforeAnyMigration(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1")
                .hooked(new Recorder("a"))
                .hooked(new MigrationHook() {
                    @Override
                    public void beforeRun(RunPlan plan) {
                        throw new IllegalStateException("not on a Friday");
                    }
                });

        assertThatExceptionOfType(MigrationVetoedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("stopped the run on environment 'test'")
                .withMessageContaining("not on a Friday");

        assertThat(migrations.ran()).isEmpty();
        assertThat(migrations.history()).isEmpty();
        assertThat(migrations.migrator().lockHolder()).isEmpty();
        assertThat(calls).containsExactly("a before [1]", "a after [1] MigrationVetoedException");
    }

    @Test
    void aVetoOfOneMigrationKeepsThoseBeforeIt(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1", "2")
                .hooked(new MigrationHook() {
                    @Override
                    public void beforeMigration(RunPlan plan, String id) throws Exception {
                        if (id.equals("2")) {
                            throw new IOException("no backup of it");
                        }
                    }
                });

        assertThatExceptionOfType(MigrationVetoedException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("no backup of it");

        assertThat(migrations.history()).extracting(HistoryEntry::state).containsExactly(MigrationState.APPLIED);
    }

    @Test
    void hooksReceiveTheFailure(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .with("1", context -> {
                    throw new IllegalStateException("no bones left");
                })
                .hooked(new Recorder("a"));

        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

        assertThat(calls)
                .containsExactly(
                        "a before [1]",
                        "a before 1",
                        "a after 1 MigrationFailedException",
                        "a after [1] MigrationFailedException");
    }

    @Test
    void anExceptionOfAHookAfterAMigrationIsAWarning(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1").hooked(new MigrationHook() {
            @Override
            public void afterRun(RunPlan plan, @Nullable Throwable failure) {
                throw new IllegalStateException("the mail server is down");
            }
        });

        assertThat(migrations.migrate().applied()).hasSize(1);

        assertThat(migrations.events())
                .filteredOn(MigrationEvent.Warning.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((MigrationEvent.Warning) event).text())
                        .contains("failed after the run")
                        .contains("the mail server is down"));
    }

    @Test
    void hooksAreCalledForRollbacks(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withReversible("1", "2");
        migrations.migrate();

        migrations.hooked(new Recorder("a")).migrator().rollback(RollbackTarget.last(2), Approval.none());

        assertThat(calls)
                .containsExactly(
                        "a before [2, 1]", "a before 2", "a after 2", "a before 1", "a after 1", "a after [2, 1]");
    }

    private final class Recorder implements MigrationHook {

        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void beforeRun(RunPlan plan) {
            calls.add(name + " before " + plan.ids());
        }

        @Override
        public void beforeMigration(RunPlan plan, String id) {
            calls.add(name + " before " + id);
        }

        @Override
        public void afterMigration(RunPlan plan, String id, @Nullable Throwable failure) {
            calls.add(name + " after " + id + suffix(failure));
        }

        @Override
        public void afterRun(RunPlan plan, @Nullable Throwable failure) {
            calls.add(name + " after " + plan.ids() + suffix(failure));
        }

        private static String suffix(@Nullable Throwable failure) {
            return failure == null ? "" : " " + failure.getClass().getSimpleName();
        }
    }
}
