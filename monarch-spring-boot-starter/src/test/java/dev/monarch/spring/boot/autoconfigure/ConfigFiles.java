package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.monarch.environment.EnvironmentRegistry;

/** The configuration files of an application that has MongoDB, Monarch and nothing else. */
record ConfigFiles(Path directory) {

    /** An application that needs no database, and whose database does not answer. */
    static ApplicationContextRunner applicationWithoutFiles() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MongoAutoConfiguration.class,
                        DataMongoAutoConfiguration.class,
                        MonarchEnvironmentAutoConfiguration.class,
                        MonarchMigrationAutoConfiguration.class));
    }

    ConfigFiles write(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApplicationContextRunner application() {
        return applicationWithoutFiles()
                .withPropertyValues("spring.config.location=" + directory.toUri())
                .withInitializer(new ConfigDataApplicationContextInitializer());
    }

    void run(Consumer<EnvironmentRegistry> test) {
        application().run(context -> test.accept(environmentsOf(context)));
    }

    static EnvironmentRegistry environmentsOf(AssertableApplicationContext context) {
        return context.getBean(EnvironmentRegistry.class);
    }
}
