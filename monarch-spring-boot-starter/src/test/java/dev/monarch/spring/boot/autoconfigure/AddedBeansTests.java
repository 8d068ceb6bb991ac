package dev.monarch.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.converter.Converter;
import org.springframework.transaction.TransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A polite guest: what the starter adds to an application that has MongoDB and no migrations. */
class AddedBeansTests {

    private static final List<String> ALWAYS = List.of(
            "dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration",
            "dev.monarch.spring.boot.autoconfigure.MonarchMigrationAutoConfiguration",
            "monarch-dev.monarch.spring.boot.autoconfigure.MonarchProperties",
            "monarch.lock-dev.monarch.spring.boot.autoconfigure.LockProperties",
            "monarch.migrations-dev.monarch.spring.boot.autoconfigure.MigrationProperties",
            "monarchEnvironmentRegistry",
            "monarchGuard",
            "monarchMigrator");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MongoAutoConfiguration.class, DataMongoAutoConfiguration.class))
            .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own");

    private final ApplicationContextRunner withMonarch = application.withConfiguration(
            AutoConfigurations.of(MonarchEnvironmentAutoConfiguration.class, MonarchMigrationAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource({
        "startup,  monarchBootMigrations, monarchMigrationLifecycle",
        "validate, monarchBootMigrations, monarchMigrationLifecycle",
        "ready,    monarchBootMigrations, monarchMigrationRunner",
        "never,,"
    })
    void exactlyTheseBeansAreAdded(String runAt, String first, String second) {
        List<String> expected = Stream.concat(ALWAYS.stream(), Stream.of(first, second))
                .filter(name -> name != null)
                .toList();
        application.run(before -> withMonarch
                .withPropertyValues("monarch.migrations.run-at=" + runAt)
                .run(after -> assertThat(Arrays.stream(after.getBeanDefinitionNames())
                                .filter(name -> !before.containsBeanDefinition(name)))
                        .containsExactlyInAnyOrderElementsOf(expected)));
    }

    @Test
    void nothingIsAddedThatTheUserMightHave() {
        withMonarch.run(context -> assertThat(context)
                .doesNotHaveBean(TransactionManager.class)
                .doesNotHaveBean(Executor.class)
                .doesNotHaveBean(Converter.class));
    }

    @Test
    void nothingIsMadeBeforeItIsNeeded() {
        withMonarch.run(context -> assertThat(
                        context.getSourceApplicationContext().getBeanFactory().containsSingleton("monarchMigrator"))
                .isFalse());
    }
}
