package com.example.kennel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

import dev.monarch.MonarchException;
import dev.monarch.spring.boot.test.DatasetFrom;
import dev.monarch.spring.boot.test.MigrationTester;
import dev.monarch.spring.boot.test.MonarchTest;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The database of a test class, filled from a backup or a query set. */
@MongoTest
class DatasetTests {

    @TempDir
    private Path folder;

    @Test
    void eachTestClassHasItsOwnCopyOfABackupThatIsRestoredOnce(TestMongo mongo) {
        Kennels.backUp(mongo, folder);
        run(mongo, OfABackup.class, first -> {
            String database = first.database().getName();
            assertThat(first.collection("dogs")).hasDocuments(3, "{}");
            first.database().getCollection("dogs").deleteMany(new Document());

            run(mongo, OfTheSameBackup.class, second -> {
                assertThat(second.database().getName()).isNotEqualTo(database);
                assertThat(second.collection("dogs")).hasDocuments(3, "{}");
                assertThat(databases(mongo, "monarch_dataset_")).hasSize(1);
            });
        });
        assertThat(databases(mongo, "monarch_"))
                .as("databases after the last context")
                .isEmpty();
    }

    @Test
    void aQuerySetSelectsAndMasksABackup(TestMongo mongo) {
        Kennels.backUp(mongo, folder);

        run(mongo, OfAMaskedBackup.class, test -> {
            assertMasked(test);
            assertThat(databases(mongo, "monarch_dataset_"))
                    .as("the whole backup is gone")
                    .hasSize(1);
        });
    }

    @Test
    void aQuerySetCopiesFromAnEnvironment(TestMongo mongo) {
        Kennels.fill(mongo);

        run(mongo, OfAnEnvironment.class, DatasetTests::assertMasked);
    }

    @Test
    void anIncompleteDatasetIsRefusedAndLeavesNothing(TestMongo mongo) {
        assertThatThrownBy(() -> run(mongo, OfNothing.class, test -> {}))
                .hasMessageContaining("@DatasetFrom needs either a backup, or a query set and the environment");
        assertThatThrownBy(() -> run(mongo, OfABackup.class, test -> {}))
                .hasMessageContaining("There is no complete backup '" + Kennels.BACKUP);
        assertThat(databases(mongo, "monarch_")).isEmpty();
    }

    @Test
    void aDamagedBackupLeavesNothing(TestMongo mongo) throws IOException {
        Kennels.backUp(mongo, folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path archive :
                    files.filter(file -> file.toString().contains(".archive")).toList()) {
                byte[] bytes = Files.readAllBytes(archive);
                bytes[bytes.length / 2] ^= 1;
                Files.write(archive, bytes);
            }
        }

        assertThatThrownBy(() -> run(mongo, OfABackup.class, test -> {})).isInstanceOf(MonarchException.class);
        assertThat(databases(mongo, "monarch_")).isEmpty();
    }

    @Test
    void aClassFindsNothingOfTheClassBeforeItInTheSameContext(TestMongo mongo) {
        Kennels.backUp(mongo, folder);
        run(mongo, OfABackup.class, first -> {
            String database = first.database().getName();
            first.given("monarch.history", "{}").given("left", "{}");

            run(mongo, OfABackupInTheSameContext.class, second -> {
                assertThat(second.database().getName()).isEqualTo(database);
                assertThat(second.database().listCollectionNames()).doesNotContain("left", "monarch.history");
                assertThat(second.collection("dogs")).hasDocuments(3, "{}");
            });
        });
    }

    private static void assertMasked(MigrationTester test) {
        assertThat(test.collection("dogs"))
                .hasDocuments(2, "{}")
                .hasDocuments(2, "{owner: /@example/}")
                .hasDocuments(0, "{owner: /kennel/}");
    }

    private static List<String> databases(TestMongo mongo, String prefix) {
        List<String> names = mongo.client().listDatabaseNames().into(new ArrayList<>());
        return names.stream().filter(name -> name.startsWith(prefix)).toList();
    }

    /** What JUnit and Spring do with a test class of the user's. */
    private void run(TestMongo mongo, Class<? extends Dogs> type, Consumer<MigrationTester> test) {
        Map<String, String> properties = Kennels.properties(mongo, folder);
        properties.forEach(System::setProperty);
        TestContextManager manager = new TestContextManager(type);
        try {
            manager.beforeTestClass();
            Dogs instance = type.getDeclaredConstructor().newInstance();
            manager.prepareTestInstance(instance);
            manager.beforeTestMethod(instance, Dogs.class.getDeclaredMethod("test"));
            test.accept(instance.migrations);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
            properties.keySet().forEach(System::clearProperty);
        }
    }

    abstract static class Dogs {

        @Autowired
        private MigrationTester migrations;

        void test() {}
    }

    @MonarchTest
    @DatasetFrom(backup = Kennels.BACKUP)
    static class OfABackup extends Dogs {}

    @MonarchTest
    @DatasetFrom(backup = Kennels.BACKUP)
    static class OfABackupInTheSameContext extends Dogs {}

    @MonarchTest
    @TestPropertySource(properties = "own=context")
    @DatasetFrom(backup = Kennels.BACKUP)
    static class OfTheSameBackup extends Dogs {}

    @MonarchTest
    @DatasetFrom(backup = Kennels.BACKUP, querySet = "MaskedDogs")
    static class OfAMaskedBackup extends Dogs {}

    @MonarchTest
    @DatasetFrom(environment = "staging", querySet = "MaskedDogs")
    static class OfAnEnvironment extends Dogs {}

    @MonarchTest
    @DatasetFrom(environment = "staging")
    static class OfNothing extends Dogs {}
}
