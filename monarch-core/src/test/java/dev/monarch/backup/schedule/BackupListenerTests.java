package dev.monarch.backup.schedule;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.backup.BackupReport;
import dev.monarch.backup.BackupReport.BackupListener;
import dev.monarch.backup.VerificationReport;
import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A {@link BackupListener} is told how the backups of a night ended. */
@MongoTest
class BackupListenerTests {

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();

    /** Runs the backup of 02:00. */
    private Night night(TestMongo mongo, Runnable atTheBeginning) {
        Night night = new Night(mongo, folder);
        night.listening(new Remembering());
        ScheduledBackup instance =
                night.instance(Duration.ZERO, atTheBeginning, Night.LOCK, Night.schedule(true, null));
        night.at("02:00");
        instance.runIfDue();
        return night;
    }

    @Test
    void itIsToldOfABackupAndItsVerification(TestMongo mongo) {
        String name = night(mongo, () -> {}).newest().name();

        assertThat(told).containsExactly("taken " + name, "verified " + name + " true");
    }

    @Test
    void itIsToldOfAFailedBackupAndItsSchedule(TestMongo mongo) {
        night(mongo, () -> {
            throw new IllegalStateException("the disk is gone");
        });

        assertThat(told)
                .containsExactly(
                        "failed kennel TransferFailedException", "schedule hourly of kennel TransferFailedException");
    }

    @Test
    void aRunThatIsContinuedLaterIsNoFailureOfTheSchedule(TestMongo mongo) {
        night(mongo, () -> Thread.currentThread().interrupt());

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(told).containsExactly("failed kennel OperationInterruptedException");
    }

    private final class Remembering implements BackupListener {

        @Override
        public void onBackupTaken(BackupReport report) {
            told.add("taken " + report.name());
        }

        @Override
        public void onBackupFailed(String environment, Throwable error) {
            told.add("failed " + environment + " " + error.getClass().getSimpleName());
        }

        @Override
        public void onBackupVerified(VerificationReport report) {
            told.add("verified " + report.backup() + " " + report.ok());
        }

        @Override
        public void onScheduleFailed(String schedule, String environment, Throwable error) {
            told.add("schedule " + schedule + " of " + environment + " "
                    + error.getClass().getSimpleName());
        }
    }
}
