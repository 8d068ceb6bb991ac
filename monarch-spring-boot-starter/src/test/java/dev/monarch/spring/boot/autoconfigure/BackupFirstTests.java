package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationVetoedException;
import dev.monarch.backup.BackupService;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code monarch.migrations.backup-first}: no migration runs before a backup was taken. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class BackupFirstTests {

    private static final String FIRST = "--monarch.migrations.backup-first=true";

    @TempDir
    private Path folder;

    @Test
    void theBackupExistsAndTheHistoryNamesIt(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));

        try (ConfigurableApplicationContext context =
                Kennel.start(Kennel.application(Kennel.Migrations.class), mongo, FIRST, directory())) {
            String backup = context.getBean(BackupService.class).list().get(0).name();

            assertThat(backup).startsWith("default-before-migration__");
            assertThat(mongo.database().getCollection("monarch.history").find())
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.getString("backup")).isEqualTo(backup));
            assertThat(context.getBean(BackupService.class).find(backup).collections())
                    .extracting(collection -> collection.name())
                    .contains("dogs");
        }
    }

    @Test
    void aFailedBackupPreventsTheRun(TestMongo mongo) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Kennel.start(
                        Kennel.application(Kennel.Migrations.class),
                        mongo,
                        FIRST,
                        "--monarch.backups.local.directory=" + file.resolve("backups")))
                .hasCauseInstanceOf(MigrationVetoedException.class);

        assertThat(Kennel.STEPS).isEmpty();
        assertThat(Kennel.history(mongo)).isEmpty();
    }

    @Test
    void aFailedMigrationReportsTheBackupToRestore(TestMongo mongo, CapturedOutput output) {
        assertThatThrownBy(() -> Kennel.start(Kennel.application(Failing.class), mongo, FIRST, directory()))
                .hasCauseInstanceOf(MigrationFailedException.class);

        assertThat(output.getAll())
                .containsPattern("'monarch restore default-before-migration__\\d{4}_\\d\\d_\\d\\dT\\d{6}Z:default'");
    }

    private String directory() {
        return "--monarch.backups.local.directory=" + folder.resolve("backups");
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        @Migration("1")
        MongoMigration failing() {
            return context -> {
                throw new IllegalStateException("no dogs here");
            };
        }
    }
}
