package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.Executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.converter.Converter;
import org.springframework.transaction.TransactionManager;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import dev.monarch.version.DocumentVersionChange;

import static org.assertj.core.api.Assertions.assertThat;

/** The beans that the starter adds to an application that has MongoDB and no migrations. */
class AddedBeansTests {

    private static final String PACKAGE = "dev.monarch.spring.boot.autoconfigure.";

    /** In every application with Actuator and Micrometer: the auto-configurations, the properties, and the beans for both. */
    private static final List<String> ALWAYS = List.of(
            "dev.monarch.spring.boot.actuate.MonarchHealthAutoConfiguration",
            "dev.monarch.spring.boot.actuate.MonarchInfoAutoConfiguration",
            PACKAGE + "MonarchBackfillAutoConfiguration",
            PACKAGE + "MonarchBackupAutoConfiguration",
            PACKAGE + "MonarchCopyAutoConfiguration",
            PACKAGE + "MonarchEnvironmentAutoConfiguration",
            PACKAGE + "MonarchEventAutoConfiguration",
            PACKAGE + "MonarchMigrationAutoConfiguration",
            PACKAGE + "MonarchMigrationAutoConfiguration$Dependents",
            PACKAGE + "MonarchRehearsalAutoConfiguration",
            PACKAGE + "MonarchShutdownAutoConfiguration",
            "dev.monarch.spring.boot.observation.MonarchMetricsAutoConfiguration",
            "dev.monarch.spring.boot.observation.MonarchObservationAutoConfiguration",
            "monarch-" + PACKAGE + "MonarchProperties",
            "monarch.backfills-" + PACKAGE + "BackfillProperties",
            "monarch.backups-" + PACKAGE + "BackupProperties",
            "monarch.health-dev.monarch.spring.boot.actuate.HealthProperties",
            "monarch.lock-" + PACKAGE + "LockProperties",
            "monarch.masking-" + PACKAGE + "MaskingProperties",
            "monarch.migrations-" + PACKAGE + "MigrationProperties",
            "monarch.rehearsal-" + PACKAGE + "RehearsalProperties",
            "monarch.transfer-" + PACKAGE + "TransferProperties",
            "monarchApplicationEvents",
            "monarchBackfillLifecycle",
            "monarchBackfills",
            "monarchBackupService",
            "monarchBackupStores",
            "monarchConfiguredRetentions",
            "monarchCopyService",
            "monarchDatabaseRemoval",
            "monarchEarlyMigrations",
            "monarchEnvironmentRegistry",
            "monarchFirstContact",
            "monarchGaugeValues",
            "monarchGauges",
            "monarchGuard",
            "monarchHealthIndicator",
            "monarchInfoContributor",
            "monarchInterruptedSwapLifecycle",
            "monarchInterruptibleOperations",
            "monarchMigrationSet",
            "monarchMigrator",
            "monarchObservedOperations",
            "monarchOperationShutdown",
            "monarchPace",
            "monarchQuerySets",
            "monarchRehearsalService",
            "monarchRestoreService",
            "monarchRetentionService",
            "monarchRunningTransfers",
            "monarchSwapService",
            // In an application that has spring-boot-sql. Spring Boot's own starters for databases add it, too.
            "org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer"
                    + "$DependsOnDatabaseInitializationPostProcessor");

    private static final List<String> EARLY = List.of("monarchBootMigrations");

    private static final List<String> AT_STARTUP = List.of("monarchBootMigrations", "monarchMigrationLifecycle");

    private static final List<String> WHEN_READY = List.of("monarchBootMigrations", "monarchMigrationRunner");

    private static final List<String> IN_A_WEB_APPLICATION = List.of("monarchServingPace");

    private static final List<String> IN_A_FOLDER = List.of("monarchLocalBackupStore");

    private static final List<String> BEFORE_MIGRATIONS = List.of("monarchBackupFirst");

    private static final List<String> ON_SCHEDULES =
            List.of(PACKAGE + "MonarchScheduleAutoConfiguration", "monarchBackupScheduler", "monarchScheduledBackups");

    private static final List<String> OF_VERSIONS = List.of(
            PACKAGE + "MonarchVersionAutoConfiguration",
            "monarch.versions-" + PACKAGE + "VersionProperties",
            "monarchDocumentVersions",
            "monarchVersionBackfills",
            "monarchVersionLifecycle",
            "monarchVersionedCollections",
            "monarchVersionedFactories");

    private static final List<String> EXPOSED = List.of(
            "dev.monarch.spring.boot.actuate.MonarchEndpointAutoConfiguration",
            "monarch.actuator-dev.monarch.spring.boot.actuate.ActuatorProperties",
            "monarchEndpoint",
            "monarchRequestedOperations",
            "monarchRunningOperations");

    private static final List<String> IN_A_BUCKET = List.of(
            "dev.monarch.spring.boot.s3.MonarchS3AutoConfiguration",
            "monarch.backups.s3-dev.monarch.spring.boot.s3.S3BackupProperties",
            "monarchS3BackupStore");

    /** The other beans are lazy. */
    private static final List<String> MADE_AT_THE_START = List.of(
            "monarchApplicationEvents",
            "monarchBackfillLifecycle",
            "monarchBackupStores",
            "monarchBootMigrations",
            "monarchConfiguredRetentions",
            "monarchEarlyMigrations",
            "monarchEnvironmentRegistry",
            "monarchFirstContact",
            "monarchGaugeValues",
            "monarchGauges",
            "monarchGuard",
            "monarchHealthIndicator",
            "monarchInfoContributor",
            "monarchInterruptedSwapLifecycle",
            "monarchInterruptibleOperations",
            "monarchMigrationLifecycle",
            "monarchMigrationSet",
            "monarchObservedOperations",
            "monarchOperationShutdown");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MongoAutoConfiguration.class, DataMongoAutoConfiguration.class))
            .withBean(S3Client.class, AddedBeansTests::client)
            .withBean(ObservationRegistry.class, ObservationRegistry::create)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100");

    private final ApplicationContextRunner withMonarch = application.withConfiguration(
            AutoConfigurations.of(AutoConfigurationClasses.all().toArray(Class<?>[]::new)));

    @ParameterizedTest
    @EnumSource
    void exactlyTheseBeansAreAdded(RunAt runAt) {
        List<String> migrations = switch (runAt) {
            case EARLY -> EARLY;
            case STARTUP, VALIDATE -> AT_STARTUP;
            case READY -> WHEN_READY;
            case NEVER -> List.of();
        };
        assertThat(addedWith("monarch.migrations.run-at=" + runAt))
                .containsExactlyInAnyOrderElementsOf(all(List.of(ALWAYS, migrations)));
    }

    @Test
    void exactlyTheseBeansAreAddedByProperties() {
        assertThat(addedWith("monarch.backups.local.directory=backups"))
                .containsExactlyInAnyOrderElementsOf(all(List.of(ALWAYS, AT_STARTUP, IN_A_FOLDER)));
        assertThat(addedWith("monarch.migrations.backup-first=true"))
                .containsExactlyInAnyOrderElementsOf(all(List.of(ALWAYS, AT_STARTUP, BEFORE_MIGRATIONS)));
        assertThat(addedWith("monarch.backups.schedules[0].cron=0 0 2 * * *"))
                .containsExactlyInAnyOrderElementsOf(all(List.of(ALWAYS, AT_STARTUP, ON_SCHEDULES)));
        assertThat(addedWith("monarch.backups.s3.bucket=kennel"))
                .containsExactlyInAnyOrderElementsOf(all(List.of(ALWAYS, AT_STARTUP, IN_A_BUCKET)));
        assertThat(addedWith("management.endpoints.web.exposure.include=monarch"))
                .containsExactlyInAnyOrderElementsOf(all(List.of(ALWAYS, AT_STARTUP, EXPOSED)));
        assertThat(addedWith("monarch.enabled=false")).isEmpty();
    }

    @Test
    void exactlyTheseBeansAreAddedForAVersionOfDocuments() {
        assertThat(AutoConfigurationClasses.beansIn(
                        withMonarch.withBean("dogs", DocumentVersionChange.class, () -> dog -> {})))
                .filteredOn(
                        name -> !AutoConfigurationClasses.beansIn(withMonarch).contains(name))
                .containsExactlyInAnyOrderElementsOf(all(List.of(List.of("dogs"), OF_VERSIONS)));
    }

    @Test
    void everyBeanOfEveryAutoConfigurationIsListedAbove() {
        assertThat(all(List.of(
                        ALWAYS,
                        EARLY,
                        AT_STARTUP,
                        WHEN_READY,
                        IN_A_WEB_APPLICATION,
                        IN_A_FOLDER,
                        BEFORE_MIGRATIONS,
                        ON_SCHEDULES,
                        IN_A_BUCKET,
                        OF_VERSIONS,
                        EXPOSED)))
                .containsAll(AutoConfigurationClasses.beans())
                .containsAll(AutoConfigurationClasses.all().stream()
                        .map(Class::getName)
                        .toList());
    }

    @Test
    void noBeanIsAddedThatTheUserMightDefine() {
        assertThat(AutoConfigurationClasses.all())
                .flatMap(AutoConfigurationClasses::beansOf)
                .allSatisfy(bean -> assertThat(bean.getReturnType().getName()).startsWith("dev.monarch."));
        withMonarch.run(context -> assertThat(context)
                .doesNotHaveBean(TransactionManager.class)
                .doesNotHaveBean(Executor.class)
                .doesNotHaveBean(Converter.class));
    }

    @Test
    void beansAreLazy() {
        withMonarch.run(context -> assertThat(AutoConfigurationClasses.beans())
                .filteredOn(context.getSourceApplicationContext().getBeanFactory()::containsSingleton)
                .containsExactlyInAnyOrderElementsOf(MADE_AT_THE_START));
    }

    private List<String> addedWith(String property) {
        List<String> before = AutoConfigurationClasses.beansIn(application);
        return AutoConfigurationClasses.beansIn(withMonarch.withPropertyValues(property)).stream()
                .filter(name -> !before.contains(name))
                .toList();
    }

    private static List<String> all(List<List<String>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    private static S3Client client() {
        return S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }
}
