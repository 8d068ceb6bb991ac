package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;

import com.mongodb.reactivestreams.client.MongoClients;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;

import static org.assertj.core.api.Assertions.assertThat;

/** Reactive beans also determine the application's database. Only these processes have the reactive driver. */
class ReactiveBeansTests {

    private static final String FAR =
            "--monarch.environments.far.uri=mongodb://localhost:1/far?serverSelectionTimeoutMS=50";

    @Test
    void reactiveBeansOfSpringBootAgreeWithTheOthers() throws Exception {
        assertThat(run("--spring.mongodb.uri=mongodb://localhost:1/shop", "--monarch.migrations.run-at=never"))
                .contains("own: EnvironmentAddress[hosts=[localhost:1], database=shop]");
    }

    @Test
    void aTemplateElsewhereThanTheDefaultConnectionIsRefusedByName() throws Exception {
        assertThat(run("--spring.profiles.active=own-template"))
                .contains(
                        "'mongoTemplate' is at localhost:27017/test, 'ownTemplate' is at localhost:2/orders, and it is unclear which of them is the application's database: set spring.mongodb.uri");
    }

    @Test
    void aTemplateDefinedByTheApplicationIsRefusedByNameInACommand() throws Exception {
        assertThat(run("--spring.profiles.active=own-template", FAR, "monarch", "migrate", "far"))
                .contains("Cannot use 'far': the bean 'ownTemplate' is created by the application and is at"
                        + " localhost:2/orders, not at localhost:1/far.");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        return String.join("\n", ReactiveProcess.run(Application.class, arguments));
    }

    /** An application with the reactive driver, as a process. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        /** Ends the process even if threads of a reactive client continue. */
        public static void main(String[] arguments) {
            try (var context = new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(arguments)) {
                System.out.println("own: "
                        + context.getBean(EnvironmentRegistry.class).own().address());
            } finally {
                System.exit(0);
            }
        }

        @Bean
        @Migration("1")
        MongoMigration first() {
            return migration -> {};
        }

        @Bean
        @Profile("own-template")
        ReactiveMongoTemplate ownTemplate() {
            return new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(MongoClients.create("mongodb://localhost:2"), "orders"));
        }
    }
}
