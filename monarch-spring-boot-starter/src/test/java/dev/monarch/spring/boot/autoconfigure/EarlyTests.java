package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.MigrationFailedException;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code run-at=early}: before beans that need migrated data when they are created. */
@MongoTest
class EarlyTests {

    private static final String EARLY = "--monarch.migrations.run-at=early";

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void beansThatDependOnTheDatabaseFindMigratedData(String lazy, TestMongo mongo) {
        try (var context = Kennel.start(
                Kennel.application(Dependent.class, Dogs.class),
                mongo,
                EARLY,
                "--spring.main.lazy-initialization=" + lazy)) {
            assertThat(Kennel.STEPS).contains("migrated dogs");
            assertThat(context.getBean("annotated", Names.class).names()).containsExactly("Rex");
            assertThat(context.getBean("byName", Names.class).names()).containsExactly("Rex");
            assertThat(Kennel.history(mongo)).containsExactly("1-dogs APPLIED");
        }
    }

    @Test
    void otherwiseTheyDoNot(TestMongo mongo) {
        try (var context = Kennel.start(Kennel.application(Annotated.class, Dogs.class), mongo)) {
            assertThat(context.getBean("annotated", Names.class).names()).isEmpty();
            assertThat(Kennel.history(mongo)).containsExactly("1-dogs APPLIED");
        }
    }

    @Test
    void aFailureFailsTheStartBeforeTheyAreCreated(TestMongo mongo) {
        assertThatThrownBy(() -> Kennel.start(Kennel.application(Dependent.class, Failing.class), mongo, EARLY))
                .hasStackTraceContaining(MigrationFailedException.class.getName());
        assertThat(Kennel.STEPS).isEmpty();
    }

    @Test
    void aMigrationThatInjectsOneOfThemIsACycle(TestMongo mongo) {
        assertThatThrownBy(() -> Kennel.start(Kennel.application(Dependent.class, Circular.class), mongo, EARLY))
                .hasRootCauseInstanceOf(BeanCurrentlyInCreationException.class)
                .hasStackTraceContaining("monarchEarlyMigrations");
        assertThat(Kennel.history(mongo)).isEmpty();
    }

    @Test
    void anInterruptedSwapIsEndedBefore(TestMongo mongo) {
        JournalEntries.insert(mongo.database(), JournalEntries.swap("SWAPPING"));

        Kennel.start(Kennel.application(Journal.class), mongo, EARLY).close();

        assertThat(Kennel.STEPS).containsExactly("0 in the journal");
    }

    record Names(List<String> names) {

        static Names in(MongoOperations template) {
            Kennel.STEPS.add("names");
            return new Names(template.findAll(Document.class, "dogs").stream()
                    .map(dog -> dog.getString("name"))
                    .toList());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Annotated {

        @Bean
        @DependsOnDatabaseInitialization
        Names annotated(MongoOperations template) {
            return Names.in(template);
        }
    }

    /** The first beans of the application: their names come before those of all others. */
    @Configuration(proxyBeanMethods = false)
    static class Dependent {

        @Bean
        @DependsOnDatabaseInitialization
        Names annotated(MongoOperations template) {
            return Names.in(template);
        }

        @Bean
        @DependsOn("monarchEarlyMigrations")
        Names byName(MongoOperations template) {
            return Names.in(template);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Dogs {

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs(MongoOperations injected) {
            return context -> {
                injected.insert(new Document("name", "Rex"), "dogs");
                Kennel.STEPS.add("migrated dogs");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs() {
            return context -> {
                throw new IllegalStateException("no dogs here");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Circular {

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs(@Qualifier("annotated") Names names) {
            return context -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Journal {

        @Bean
        @Migration("1-journal")
        MongoMigration journal() {
            return context -> Kennel.STEPS.add(
                    context.database().getCollection("monarch.journal").countDocuments() + " in the journal");
        }
    }
}
