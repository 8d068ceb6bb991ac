package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.RestoreService;
import dev.monarch.replacement.DatabaseRemoval;

import static org.assertj.core.api.Assertions.assertThat;

/** Without a server, because no bean queries one before it is used. */
class MonarchBackupAutoConfigurationTests {

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
            .withConfiguration(
                    AutoConfigurations.of(MonarchCopyAutoConfiguration.class, MonarchBackupAutoConfiguration.class))
            .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100");

    @TempDir
    private Path folder;

    @Test
    void anApplicationWithMongoCanTakeAndRestoreBackups() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(BackupService.class)
                .hasSingleBean(RestoreService.class)
                .hasSingleBean(DatabaseRemoval.class)
                .doesNotHaveBean(LocalBackupStore.class)
                .doesNotHaveBean(BackupFirst.class));
    }

    @Test
    void withoutEnvironmentsThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MonarchBackupAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BackupService.class));
    }

    @Test
    void aFolderIsAStoreAndTheStartChecksForAnInterruptedSwap() {
        application
                .withPropertyValues("monarch.backups.local.directory=" + folder)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("MongoTimeoutException"));
    }

    @Test
    void theUsersBeansTakePrecedence() {
        application
                .withUserConfiguration(Own.class)
                .run(context ->
                        assertThat(context).getBean(BackupStores.class).isSameAs(context.getBean("theUsersStores")));
    }

    @Test
    void aBackupFirstIsAHook() {
        application
                .withPropertyValues("monarch.migrations.backup-first=true")
                .run(context -> assertThat(context).hasSingleBean(BackupFirst.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        BackupStores theUsersStores() {
            return new BackupStores(List.of(), null);
        }
    }
}
