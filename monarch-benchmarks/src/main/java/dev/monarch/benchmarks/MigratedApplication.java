package dev.monarch.benchmarks;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;

/** The same as {@link PlainApplication}, with two migrations. Not a component, either. */
@EnableAutoConfiguration
public class MigratedApplication {

    /**
     * Starts it, and ends it.
     *
     * @param arguments Spring's arguments
     */
    public static void main(String[] arguments) {
        PlainApplication.run(MigratedApplication.class, arguments);
    }

    @Bean
    @Migration("1-dogs")
    MongoMigration dogs() {
        return migration -> migration.database().createCollection("dogs");
    }

    @Bean
    @Migration("2-houses")
    MongoMigration houses() {
        return migration -> migration.database().createCollection("houses");
    }
}
