package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;

import dev.monarch.BackupStoreException;
import dev.monarch.InvalidRequestException;
import dev.monarch.Reason;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.CalendarSpan;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.ScheduledBackups;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Without a server, because no bean queries one before the application is ready. */
class MonarchScheduleAutoConfigurationTests {

    private static final String SCHEDULE = "monarch.backups.schedules[0].";

    private static final String NIGHTLY = SCHEDULE + "cron=0 30 2 * * *";

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
            .withConfiguration(AutoConfigurations.of(
                    MonarchCopyAutoConfiguration.class,
                    MonarchBackupAutoConfiguration.class,
                    MonarchScheduleAutoConfiguration.class))
            .withPropertyValues(
                    "spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100",
                    "monarch.environments.production.uri=mongodb://localhost:1/production");

    private final ApplicationContextRunner withStore = application.withUserConfiguration(Stores.class);

    @Test
    void withoutSchedulesThereIsNothing() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(RetentionService.class)
                .hasSingleBean(ConfiguredRetentions.class)
                .doesNotHaveBean(BackupScheduler.class)
                .doesNotHaveBean(ScheduledBackups.class));
    }

    @Test
    void withoutEnvironmentsThereIsNothingEither() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MonarchScheduleAutoConfiguration.class))
                .withPropertyValues(NIGHTLY)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BackupScheduler.class));
    }

    @Test
    void aScheduleWaitsUntilTheApplicationIsReadyAndAddsNoSpringScheduler() {
        withStore.withPropertyValues(NIGHTLY).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(TaskScheduler.class);
            assertThat(context.getBean(BackupScheduler.class).isRunning()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cron        | 0 30 2 * *  | It must have second, minute, hour, day of month, month and day of week, as in '0 30 2 * * *':
                    cron        | 0 30 26 * * * | It must have second, minute, hour,
                    environment | prodction   | There is no such environment; there are: default, production. Did you mean production?
                    name        | a/b         | A backup cannot have this name: it contains one of the characters
                    store       | s3          | There is no such store; there are: local.
                    query-set   | small       | There is no query set 'small'. The application has none.
                    workers     | 0           | It must be at least 1.
                    read-from   | here        | It must be primary,
                    prune-after | true        | There is no retention for 'default'. Set monarch.backups.retention.default
                    """)
    void anInvalidScheduleFailsTheStartAndTheMessageNamesTheProperty(String property, String value, String reason) {
        withStore
                .withPropertyValues(NIGHTLY, SCHEDULE + property + "=" + value)
                .run(context -> assertThat(invalid(context.getStartupFailure())).satisfies(invalid -> {
                    assertThat(invalid.getName()).isEqualTo(SCHEDULE + property);
                    assertThat(invalid.getReason()).startsWith(reason);
                }));
    }

    @Test
    void aScheduleIsGentleUnlessItOrTheApplicationHasAnotherPace() {
        withStore
                .withPropertyValues(NIGHTLY)
                .run(context -> assertThat(pace(context)).isEqualTo(Pace.GENTLE));
        withStore
                .withPropertyValues(NIGHTLY, "monarch.transfer.pace=full", "monarch.transfer.workers=2")
                .run(context -> assertThat(pace(context)).isEqualTo(Pace.FULL.withWorkers(2)));
        withStore
                .withPropertyValues(NIGHTLY, "monarch.transfer.pace=full", SCHEDULE + "pace=20MB")
                .run(context -> assertThat(pace(context)).isEqualTo(Pace.of("20MB")));
    }

    private static Pace pace(ApplicationContext context) {
        return new ConfiguredSchedules(
                        context.getBean(EnvironmentRegistry.class),
                        context.getBean(BackupStores.class),
                        context.getBean(ConfiguredRetentions.class),
                        context.getBean(QuerySets.class))
                .of(context.getBean(BackupProperties.class).schedules(), context.getBean(TransferProperties.class))
                .get(0)
                .pace();
    }

    @Test
    void aQuerySetIsFoundAndItsParametersAreChecked() {
        ApplicationContextRunner withQuerySet =
                withStore.withBean(Small.class).withPropertyValues(NIGHTLY, SCHEDULE + "query-set=Small");
        withQuerySet
                .withPropertyValues(SCHEDULE + "parameters.size=3")
                .run(context -> assertThat(context).hasNotFailed());
        withQuerySet.run(context -> assertThat(invalid(context.getStartupFailure()))
                .satisfies(invalid -> {
                    assertThat(invalid.getName()).isEqualTo(SCHEDULE + "query-set");
                    assertThat(invalid.getReason()).startsWith("'size' is missing. It must be an integer.");
                }));
        withStore
                .withPropertyValues(NIGHTLY, SCHEDULE + "parameters.size=3")
                .run(context -> assertThat(invalid(context.getStartupFailure()).getReason())
                        .startsWith("Parameters need a query set"));
    }

    static final class Small implements QuerySet {

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(Parameter.integer("size"));
        }

        @Override
        public void run(QuerySetContext context) {
            context.only();
        }
    }

    @Test
    void aScheduleWithoutATimeIsRefused() {
        withStore
                .withPropertyValues(SCHEDULE + "name=nightly")
                .run(context -> assertThat(invalid(context.getStartupFailure()).getName())
                        .isEqualTo(SCHEDULE + "cron"));
    }

    @Test
    void anInvalidZoneIsNamed() {
        withStore
                .withPropertyValues(NIGHTLY, SCHEDULE + "zone=Europe/Berlyn")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("monarch.backups.schedules[0].zone")
                        .hasStackTraceContaining(BindException.class.getSimpleName()));
    }

    @Test
    void duplicateSchedulesAreRefused() {
        withStore
                .withPropertyValues(NIGHTLY, "monarch.backups.schedules[1].cron=0 30 2 * * *")
                .run(context -> assertThat(invalid(context.getStartupFailure()).getName())
                        .isEqualTo("monarch.backups.schedules[1]"));
        withStore
                .withPropertyValues(
                        NIGHTLY,
                        "monarch.backups.schedules[1].cron=0 30 2 * * *",
                        "monarch.backups.schedules[1].environment=production")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aScheduleWithoutAStoreIsRefused() {
        application
                .withPropertyValues(NIGHTLY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                BackupStoreException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NO_BACKUP_STORE)));
    }

    @Test
    void theConfiguredRetentionIsThatOfTheCore() {
        application
                .withPropertyValues(
                        "monarch.backups.retention.production.keep-last=3",
                        "monarch.backups.retention.production.daily=14",
                        "monarch.backups.retention.production.within=7d",
                        "monarch.backups.retention.production.within-monthly=1y6m",
                        "monarch.backups.retention.production.maximum-size=20GB",
                        "monarch.backups.retention.production.zone=Europe/Berlin",
                        "monarch.backups.retention.default.yearly=2")
                .run(context -> {
                    ConfiguredRetentions retentions = context.getBean(ConfiguredRetentions.class);
                    assertThat(retentions.of("production"))
                            .contains(Retention.NONE
                                    .keep(RetentionInterval.LAST, 3)
                                    .keep(RetentionInterval.DAILY, 14)
                                    .within(CalendarSpan.of("7d"))
                                    .within(RetentionInterval.MONTHLY, CalendarSpan.of("1y6m"))
                                    .atMost(20L << 30)
                                    .in(ZoneId.of("Europe/Berlin")));
                    assertThat(retentions.of("staging")).contains(Retention.NONE.keep(RetentionInterval.YEARLY, 2));
                });
    }

    @Test
    void withoutAnEntryThereIsNoRetention() {
        application
                .withPropertyValues("monarch.backups.retention.production.daily=1")
                .run(context -> assertThat(
                                context.getBean(ConfiguredRetentions.class).of("default"))
                        .isEmpty());
    }

    @Test
    void theDefaultRetentionDoesNotApplyToAMisspeltEnvironment() {
        application
                .withPropertyValues(
                        "monarch.backups.retention.producton.daily=30",
                        "monarch.backups.retention.elsewhere.daily=30",
                        "monarch.backups.retention.default.daily=1")
                .run(context -> {
                    ConfiguredRetentions retentions = context.getBean(ConfiguredRetentions.class);
                    assertThatExceptionOfType(InvalidRequestException.class)
                            .isThrownBy(() -> retentions.of("production"))
                            .withMessageContaining("monarch.backups.retention.producton names no environment");
                    assertThat(retentions.of("default")).isPresent();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    .daily        | -1  | It must be at least 0.
                    .maximum-size | 0B  | It must be more than 0.
                    .daily        | 0   | It would keep no backup: set what to keep, for example daily: 7.
                    """)
    void anInvalidRetentionFailsTheStart(String property, String value, String reason) {
        application
                .withPropertyValues("monarch.backups.retention.production" + property + "=" + value)
                .run(context -> assertThat(invalid(context.getStartupFailure())).satisfies(invalid -> {
                    assertThat("monarch.backups.retention.production" + property)
                            .startsWith(invalid.getName());
                    assertThat(invalid.getReason()).isEqualTo(reason);
                }));
    }

    @Test
    void anInvalidPeriodIsNamedAndExplained() {
        application
                .withPropertyValues("monarch.backups.retention.production.within=1week")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("monarch.backups.retention.production.within")
                        .hasStackTraceContaining("a span must have the form 1y5m7d2h"));
    }

    private static InvalidConfigurationPropertyValueException invalid(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
                return invalid;
            }
        }
        throw new AssertionError("the start did not fail because of a property", failure);
    }

    /** A store for which the start does not query the database for an interrupted restore. */
    @Configuration(proxyBeanMethods = false)
    static class Stores {

        @Bean
        BackupStores stores() {
            return new BackupStores(List.of(new LocalBackupStore(Path.of("backups"))), null);
        }
    }
}
