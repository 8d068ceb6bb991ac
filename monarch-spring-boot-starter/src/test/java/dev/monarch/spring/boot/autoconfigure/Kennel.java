package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.bson.Document;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.spring.boot.process.UnusedAutoConfigurations;
import dev.monarch.test.TestMongo;

/** A real application with two migrations, started on a server. */
final class Kennel {

    /** The events of all applications of this test, in their order. */
    static final List<String> STEPS = new CopyOnWriteArrayList<>();

    private Kennel() {}

    /** An application without a web server. Clears the recorded events. */
    static SpringApplicationBuilder application(Class<?>... configurations) {
        STEPS.clear();
        SpringApplicationBuilder builder =
                new SpringApplicationBuilder(Stream.concat(Stream.of(Application.class), Arrays.stream(configurations))
                        .toArray(Class<?>[]::new));
        return builder.web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF).logStartupInfo(false);
    }

    static ConfigurableApplicationContext start(
            SpringApplicationBuilder application, TestMongo mongo, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--spring.mongodb.uri=" + mongo.uri()));
        if (application.application().getWebApplicationType() == WebApplicationType.NONE) {
            all.add(UnusedAutoConfigurations.EXCLUDED);
        }
        all.addAll(List.of(arguments));
        return application.run(all.toArray(String[]::new));
    }

    static MonarchEnvironment environment(TestMongo mongo) {
        return MonarchEnvironment.using("default", Protection.DEFAULT, mongo.client(), mongo.databaseName());
    }

    /** Migrates as another instance of the application does. */
    static void migrateFromElsewhere(TestMongo mongo) {
        MigrationSet migrations = MigrationSet.of(Stream.of("1-dogs", "2-houses")
                .map(id -> new RegisteredMigration(id, context -> {}, "another instance"))
                .toList());
        MigrationSettings settings = MigrationSettings.DEFAULT.withLock(
                new LockSettings(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(5)));
        new Migrator(environment(mongo), migrations, settings).migrate();
    }

    /** The entries of the history, in the order of the ids. */
    static List<String> history(TestMongo mongo) {
        return mongo.database()
                .getCollection("monarch.history")
                .find()
                .sort(new Document("_id.id", 1))
                .map(entry -> entry.getEmbedded(List.of("_id", "id"), String.class) + " " + entry.getString("state"))
                .into(new ArrayList<>());
    }

    static MongoMigration remembering(String step) {
        return context -> STEPS.add(step);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Defined in the wrong order. */
    @Configuration(proxyBeanMethods = false)
    static class Migrations {

        @Bean
        @Migration("2-houses")
        MongoMigration houses() {
            return remembering("migrated houses");
        }

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs() {
            return remembering("migrated dogs");
        }
    }
}
