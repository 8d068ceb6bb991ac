package dev.monarch.spring.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

import static org.assertj.core.api.Assertions.assertThat;

/** The spellings of {@code run-at}, and when migrations run for each. */
class RunAtTests {

    private final ApplicationContextRunner application =
            ConfigFiles.applicationWithoutFiles().withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own");

    @Test
    void withoutThePropertyMigrationsRunOnStartup() {
        application.run(context -> assertThat(context)
                .hasSingleBean(MigrationLifecycle.class)
                .doesNotHaveBean(MigrationRunner.class)
                .getBean(MigrationProperties.class)
                .extracting(MigrationProperties::runAt)
                .isEqualTo(RunAt.STARTUP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "STARTUP", "Startup", "validate", "VALIDATE"})
    void aLifecycle(String runAt) {
        application
                .withPropertyValues("monarch.migrations.run-at=" + runAt)
                .run(context -> assertThat(context)
                        .hasSingleBean(MigrationLifecycle.class)
                        .doesNotHaveBean(MigrationRunner.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"early", "EARLY"})
    void anEarlierBean(String runAt) {
        application
                .withPropertyValues("monarch.migrations.run-at=" + runAt)
                .run(context -> assertThat(context)
                        .hasSingleBean(BootMigrations.class)
                        .doesNotHaveBean(MigrationRunner.class)
                        .doesNotHaveBean(MigrationLifecycle.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "READY"})
    void aRunner(String runAt) {
        application
                .withPropertyValues("monarch.migrations.run-at=" + runAt)
                .run(context -> assertThat(context)
                        .hasSingleBean(MigrationRunner.class)
                        .doesNotHaveBean(MigrationLifecycle.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "NEVER"})
    void nothing(String runAt) {
        application
                .withPropertyValues("monarch.migrations.run-at=" + runAt)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(BootMigrations.class)
                        .doesNotHaveBean(MigrationRunner.class)
                        .doesNotHaveBean(MigrationLifecycle.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONARCH_MIGRATIONS_RUN_AT=ready", "MONARCH_MIGRATIONS_RUNAT=ready"})
    void everySpellingOfThePropertyIsAccepted(String property) {
        application
                .withInitializer(context -> TestPropertyValues.of(property)
                        .applyTo(context.getEnvironment(), TestPropertyValues.Type.SYSTEM_ENVIRONMENT))
                .run(context -> assertThat(context).hasSingleBean(MigrationRunner.class));
    }

    @Test
    void anInvalidValueIsRefusedByName() {
        application
                .withPropertyValues("monarch.migrations.run-at=sometimes")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("monarch.migrations.run-at")
                        .hasStackTraceContaining("sometimes"));
    }
}
