package com.example.kennel;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.spring.boot.test.MigrationTester;
import dev.monarch.spring.boot.test.MonarchTest;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests of migrations, as a user writes them. */
@MongoTest
@MonarchTest
class MigrationTesterTests {

    private static String uri = "";

    @Autowired
    private MigrationTester migrations;

    @Autowired
    private ApplicationContext context;

    MigrationTesterTests(TestMongo mongo) {
        uri = mongo.uri();
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry properties) {
        properties.add("spring.mongodb.uri", () -> uri);
    }

    @Test
    void aMigrationIsTestedInTenLines() {
        migrations.given("dogs", "{_id: 1, name: 'Rex', weight: 5000.0}", "{_id: 2, name: 'Bella'}");

        migrations.up(WeightInKg.class).again(WeightInKg.class);
        assertThat(migrations.collection("dogs"))
                .containsExactly("{_id: 1, name: 'Rex', weightInKg: 5.0}", "{_id: 2, name: 'Bella'}");

        migrations.down(WeightInKg.class);
        assertThat(migrations.collection("dogs")).contains("{_id: 1, name: 'Rex', weight: 5000.0}");
    }

    @Test
    void aBackfillIsTestedTheSameWay() {
        migrations.given("dogs", "{_id: 1, chip: 17}", "{_id: 2, chip: 'A4'}", "{_id: 3}");

        migrations.backfill(Chips.class).up(ChipsAreUnique.class);

        assertThat(migrations.collection("dogs"))
                .containsExactly("{_id: 1, chip: '17'}", "{_id: 2, chip: 'A4'}", "{_id: 3}");
    }

    @Test
    void aBackfillThatSetsDocumentsAsideFails() {
        migrations.given("dogs", "{_id: 1, chip: 17}", "{_id: 2, chip: true}");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> migrations.backfill(Chips.class))
                .withMessageContaining("4-chips")
                .withMessageContaining("BOOLEAN");
        assertThat(migrations.collection("dogs")).contains("{_id: 1, chip: '17'}");
    }

    @Test
    void theDatabaseIsNotThatOfTheApplication(TestMongo mongo) {
        migrations.given("dogs", "{_id: 1}");

        assertThat(mongo.database().listCollectionNames()).doesNotContain("dogs");
        assertThat(context.getBean(MongoTemplate.class).getDb().getName())
                .startsWith("monarch_test_")
                .isEqualTo(migrations.database().getName());
        assertThat(context.getBean(ReactiveMongoDatabaseFactory.class)
                        .getMongoDatabase()
                        .block()
                        .getName())
                .isEqualTo(migrations.database().getName());
    }

    @Test
    void eachMethodStartsWithAnEmptyDatabase() {
        assertThat(migrations.database().listCollectionNames()).isEmpty();
        migrations.given("dogs", "{_id: 1}").up(UniqueName.class);
    }

    @Test
    void eachMethodStartsWithAnEmptyDatabaseInAnyOrder() {
        eachMethodStartsWithAnEmptyDatabase();
    }

    @Test
    void noMigrationRunsUnlessATestNamesIt() {
        assertThat(context.getBean(Migrator.class).plan().pendingIds())
                .containsExactly("1-unique-name", "2-weight-in-kg", "3-visits", "5-unique-chips");
    }

    @Test
    void indexesAreShown() {
        migrations.up(UniqueName.class);

        assertThat(migrations.collection("dogs"))
                .hasIndex("{name: 1}")
                .hasUniqueIndex("{name: 1}")
                .hasNoIndex("{name: -1}")
                .isEmpty();
        assertFails(() -> assertThat(migrations.collection("dogs")).hasNoIndex("{name: 1}"));
        assertFails(() -> assertThat(migrations.collection("dogs")).hasUniqueIndex("{_id: 1}"));
    }

    @Test
    void numbersOfDifferentTypesAreDifferent() {
        migrations.given("dogs", "{_id: 1, age: 5}");

        assertThat(migrations.collection("dogs")).hasDocuments(1, "{age: {$gt: 4}}");
        assertFails(() -> assertThat(migrations.collection("dogs")).containsExactly("{_id: 1, age: 5.0}"));
        assertFails(() -> assertThat(migrations.collection("dogs")).isEmpty());
        assertFails(() -> assertThat(migrations.collection("dogs")).doesNotExist());
        assertThat(migrations.collection("cats")).doesNotExist();
    }

    @Test
    void aMigrationThatChangesDataEachTimeIsFound() {
        migrations.up(Visits.class);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> migrations.again(Visits.class))
                .withMessageContaining("documents of 'visits' after '3-visits' has run again");
    }

    @Test
    void earlierMigrationsRunFirstIfTheTestNamesThem() {
        migrations.upBefore(Visits.class);

        assertThat(migrations.collection("dogs")).hasUniqueIndex("{name: 1}");
        assertThat(migrations.collection("visits")).doesNotExist();
        migrations.upBefore(UniqueName.class);
    }

    @Test
    void aClassThatIsNotAMigrationIsNamedWithTheExistingIds() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> migrations.up(MongoMigration.class))
                .withMessageContaining("MongoMigration")
                .withMessageContaining(List.of("1-unique-name", "2-weight-in-kg", "3-visits", "5-unique-chips")
                        .toString());
    }

    private static void assertFails(Runnable assertion) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run);
    }
}
