package dev.monarch.spring.boot.slice;

import java.util.ArrayList;
import java.util.function.Consumer;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.boot.data.mongodb.test.autoconfigure.DataMongoTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migration;
import dev.monarch.migration.Migrator;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code @DataMongoTest} filters components out, migrations among them, unless told otherwise. */
class MongoSliceTests {

    private static final String NOBODY_ANSWERS = "mongodb://localhost:1/kennel?serverSelectionTimeoutMS=100";

    @Test
    void withoutMigrationsInTheSliceNoServerIsQueried() {
        run(Slice.class, NOBODY_ANSWERS, context -> {
            assertThat(context.getBeansOfType(MongoTemplate.class)).hasSize(1);
            assertThat(context.getBeansOfType(EnvironmentRegistry.class)).hasSize(1);
            assertThat(context.getBeansOfType(UniqueName.class)).isEmpty();
            assertThat(context.getBean(Migrator.class).environment().name()).isEqualTo("default");
        });
    }

    @Test
    void withMigrationsInTheSliceTheServerIsQueried() {
        assertThatThrownBy(() -> run(SliceWithMigrationsAndNoServer.class, NOBODY_ANSWERS, context -> {}))
                .hasStackTraceContaining("MongoTimeoutException");
    }

    @Test
    @MongoTest
    void migrationsThatTheSliceIncludesRun(TestMongo mongo) {
        run(SliceWithMigrations.class, mongo.uri(), context -> {
            assertThat(context.getBeansOfType(UniqueName.class)).hasSize(1);
            assertThat(mongo.database().getCollection("dogs").listIndexes().into(new ArrayList<>()))
                    .extracting(index -> index.get("key"))
                    .contains(new Document("name", 1));
        });
    }

    /** Runs a user's test class as a test framework does. */
    private static void run(Class<?> slice, String uri, Consumer<ApplicationContext> test) {
        System.setProperty("spring.mongodb.uri", uri);
        TestContextManager manager = new TestContextManager(slice);
        try {
            test.accept(manager.getTestContext().getApplicationContext());
        } finally {
            manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
            System.clearProperty("spring.mongodb.uri");
        }
    }

    @DataMongoTest(properties = "spring.main.banner-mode=off")
    static class Slice {}

    @DataMongoTest(
            includeFilters = @Filter(Migration.class),
            properties = {"spring.main.banner-mode=off", "spring.test.print-condition-evaluation-report=false"})
    static class SliceWithMigrations {}

    /** It has its own context, because Spring does not retry a context that could not be loaded. */
    @DataMongoTest(
            includeFilters = @Filter(Migration.class),
            properties = {
                "spring.main.banner-mode=off",
                "spring.test.print-condition-evaluation-report=false",
                "kennel.server=none"
            })
    static class SliceWithMigrationsAndNoServer {}
}
