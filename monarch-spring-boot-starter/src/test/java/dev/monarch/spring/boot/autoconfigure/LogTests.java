package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.MigrationFailedException;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The log of an application with Monarch during its start. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class LogTests {

    @Test
    void theStartAndTheEndOfEachMigrationAndOfTheRun(TestMongo mongo, CapturedOutput output) {
        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();
        assertThat(linesOfMonarch(output))
                .containsExactly(
                        "Migrating environment 'default' (" + mongo.databaseName() + " on "
                                + String.join(
                                        ",", Kennel.environment(mongo).address().hosts()) + "): 2 pending",
                        "Migration '1-dogs' started (attempt 1)",
                        "Migration '1-dogs' applied in # ms (attempt 1)",
                        "Migration '2-houses' started (attempt 1)",
                        "Migration '2-houses' applied in # ms (attempt 1)",
                        "Environment 'default': 2 applied in # ms");
    }

    @Test
    void oneLineWhenNothingIsPending(TestMongo mongo, CapturedOutput output) {
        Kennel.migrateFromElsewhere(mongo);
        long before = linesOfMonarch(output).size();
        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();
        assertThat(linesOfMonarch(output).stream().skip(before))
                .containsExactly("Environment 'default': nothing pending, 2 applied");
    }

    @Test
    void oneLineWhenThereAreNoMigrations(TestMongo mongo, CapturedOutput output) {
        Kennel.start(Kennel.application(), mongo).close();
        assertThat(linesOfMonarch(output))
                .containsExactly("No migrations: the application has no bean with @Migration");
    }

    @Test
    void theStackTraceOfAFailureIsThereOnceWithTheLineOfTheMigration(TestMongo mongo, CapturedOutput output) {
        assertThatExceptionOfType(ApplicationContextException.class)
                .isThrownBy(() -> Kennel.start(Kennel.application(Failing.class), mongo))
                .withCauseInstanceOf(MigrationFailedException.class);
        assertThat(output.getOut().split(Pattern.quote("at " + Failing.class.getName())))
                .as("the frames of the migration")
                .hasSize(2);
        assertThat(output.getOut()).containsOnlyOnce("IllegalStateException: no bones left\n\tat");
    }

    @Test
    void aLongMigrationIsNamedAgainAndAgainWithItsLastProgress(TestMongo mongo, CapturedOutput output) {
        SpringApplicationBuilder application = Kennel.application(Long.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("log", output));
        Kennel.start(application, mongo, "--monarch.migrations.warn-after=50ms", "--monarch.migrations.warn-every=20ms")
                .close();
        assertThat(linesOfMonarch(output).stream().map(line -> line.replaceAll("for \\d+ s", "for # s")))
                .containsSubsequence(
                        "Migration '1-bones' started (attempt 1)",
                        "Migration '1-bones' has been running on environment 'default' for # s, and has not reported"
                                + " any progress",
                        "Migration '1-bones' has been running on environment 'default' for # s: 300 of 1000 bones",
                        "Migration '1-bones' has been running on environment 'default' for # s: 300 of 1000 bones",
                        "Migration '1-bones' applied in # ms (attempt 1)");
        assertThat(output.getOut().lines().filter(line -> line.contains("has been running")))
                .allSatisfy(line -> assertThat(line).contains("WARN"));
    }

    /** Reports progress after the first warning, and ends after two more. */
    @Configuration(proxyBeanMethods = false)
    static class Long {

        @Bean
        @Migration("1-bones")
        MongoMigration longBones(CapturedOutput log) {
            return context -> {
                await().until(() -> count(log, "has not reported any progress") >= 1);
                context.progress().message("bones");
                context.progress().total(1_000);
                context.progress().advance(300);
                await().until(() -> count(log, ": 300 of 1000 bones") >= 2);
            };
        }

        private static long count(CapturedOutput log, String text) {
            return log.getOut().lines().filter(line -> line.contains(text)).count();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        @Migration("1-bones")
        MongoMigration bones() {
            return context -> {
                throw new IllegalStateException("no bones left");
            };
        }
    }

    private static List<String> linesOfMonarch(CapturedOutput output) {
        return Stream.of(output.getOut().split("\\R"))
                .filter(line -> line.contains("d.m."))
                .map(line -> line.replaceAll("^.*?d\\.m\\.\\S+ ", "").replaceAll("in \\d+ ms", "in # ms"))
                .toList();
    }
}
