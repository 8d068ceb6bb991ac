package dev.monarch.spring.boot.actuate;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.monarch.spring.boot.autoconfigure.MonarchBackupAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchCopyAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchMigrationAutoConfiguration;

/** An application without a server, with one of the auto-configurations for Actuator. */
public final class ApplicationWithActuator {

    private ApplicationWithActuator() {}

    public static ApplicationContextRunner with(Class<?> autoConfiguration) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MongoAutoConfiguration.class,
                        DataMongoAutoConfiguration.class,
                        MonarchEnvironmentAutoConfiguration.class,
                        MonarchMigrationAutoConfiguration.class,
                        MonarchCopyAutoConfiguration.class,
                        MonarchBackupAutoConfiguration.class,
                        autoConfiguration))
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100");
    }
}
