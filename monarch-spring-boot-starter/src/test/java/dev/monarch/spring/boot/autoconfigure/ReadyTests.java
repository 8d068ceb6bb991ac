package dev.monarch.spring.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.Order;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run-at=ready}: when the context is up, before the application is ready for traffic. */
@MongoTest
class ReadyTests {

    @ParameterizedTest
    @ValueSource(strings = {"ready", "READY"})
    void migrationsRunBeforeAllOtherRunnersAndBeforeTrafficIsAccepted(String runAt, TestMongo mongo) {
        var application =
                Kennel.application(Others.class, Kennel.Migrations.class).web(WebApplicationType.SERVLET);
        try (var context =
                Kennel.start(application, mongo, "--server.port=0", "--monarch.migrations.run-at=" + runAt)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Kennel.STEPS)
                    .containsExactly(
                            "web server",
                            "CORRECT",
                            "migrated dogs",
                            "migrated houses",
                            "urgent runner",
                            "runner",
                            "command line runner",
                            "ACCEPTING_TRAFFIC");
        }
    }

    @Test
    void withoutMigrationsTheDatabaseIsNotQueried(TestMongo mongo) {
        try (var context = Kennel.start(Kennel.application(), mongo, "--monarch.migrations.run-at=ready")) {
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(mongo.database().listCollectionNames().first()).isNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class Others {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ApplicationRunner runner() {
            return arguments -> Kennel.STEPS.add("runner");
        }

        @Bean
        ApplicationRunner urgentRunner() {
            return new UrgentRunner();
        }

        @Bean
        CommandLineRunner commandLineRunner() {
            return arguments -> Kennel.STEPS.add("command line runner");
        }

        @Bean
        ApplicationListener<WebServerInitializedEvent> webServer() {
            return event -> Kennel.STEPS.add("web server");
        }

        @Bean
        ApplicationListener<AvailabilityChangeEvent<?>> availability() {
            return new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
                    if (!event.getState().toString().equals("REFUSING_TRAFFIC")) {
                        Kennel.STEPS.add(event.getState().toString());
                    }
                }
            };
        }
    }

    private static final class UrgentRunner implements ApplicationRunner, PriorityOrdered {

        @Override
        public void run(ApplicationArguments arguments) {
            Kennel.STEPS.add("urgent runner");
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }
}
