package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.connection.ClusterId;
import com.mongodb.event.ClusterListener;
import com.mongodb.event.ClusterOpeningEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

import dev.monarch.MigrationFailedException;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code run-at=startup}, which is the default. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class StartupTests {

    @ParameterizedTest
    @ValueSource(strings = {"--monarch.enabled=true", "--monarch.migrations.run-at=STARTUP"})
    void migrationsRunBeforeEverythingThatHasAPhaseAndBeforeTheWebServer(String argument, TestMongo mongo) {
        var application =
                Kennel.application(Kennel.Migrations.class, Others.class).web(WebApplicationType.SERVLET);
        try (var context = Kennel.start(application, mongo, "--server.port=0", argument)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Kennel.STEPS)
                    .containsExactly("migrated dogs", "migrated houses", "early phase", "phase 0", "web server");
            assertThat(Kennel.history(mongo)).containsExactly("1-dogs APPLIED", "2-houses APPLIED");
        }
    }

    @Test
    void aProfileOrAConditionDecidesWhetherAMigrationExists(TestMongo mongo) {
        Kennel.start(Kennel.application(Conditional.class), mongo, "--spring.profiles.active=staging", "--cats=true")
                .close();
        assertThat(Kennel.history(mongo)).containsExactly("1-staging APPLIED", "3-cats APPLIED");
    }

    @Test
    void theSecondStartFindsNothingPending(TestMongo mongo, CapturedOutput output) {
        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo).close();
        try (var second = Kennel.start(Kennel.application(Kennel.Migrations.class), mongo)) {
            assertThat(second.isRunning()).isTrue();
            assertThat(Kennel.STEPS).isEmpty();
        }
        assertThat(output).containsOnlyOnce("Environment 'default': nothing pending, 2 applied");
    }

    @Test
    void aStartOpensConnectionsOfItsOwnOnlyIfSomethingIsPending(TestMongo mongo) {
        Clusters.OPENED.clear();
        Kennel.start(Kennel.application(Kennel.Migrations.class, Clusters.class), mongo)
                .close();
        assertThat(Clusters.OPENED).as("the application's and Monarch's").hasSize(2);

        Clusters.OPENED.clear();
        Kennel.start(Kennel.application(Kennel.Migrations.class, Clusters.class), mongo)
                .close();
        assertThat(Clusters.OPENED).as("the application's").hasSize(1);
    }

    @Test
    void aFailedMigrationFailsTheStart(TestMongo mongo) {
        assertThatThrownBy(() -> Kennel.start(Kennel.application(Failing.class, Others.class), mongo))
                .hasRootCauseMessage("no dogs here")
                .hasStackTraceContaining(MigrationFailedException.class.getName());
        assertThat(Kennel.STEPS).isEmpty();
        assertThat(Kennel.history(mongo)).containsExactly("1-dogs FAILED");
    }

    @Test
    void aWarningNamesIndexesCreatedBeforeTheMigrations(TestMongo mongo, CapturedOutput output) {
        Kennel.start(
                        Kennel.application(Kennel.Migrations.class),
                        mongo,
                        "--spring.data.mongodb.auto-index-creation=true")
                .close();
        assertThat(output)
                .containsOnlyOnce(
                        "spring.data.mongodb.auto-index-creation is on: Spring Data creates indexes of mapped classes before any migration runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spring.data.mongodb.auto-index-creation=false", "--a=b"})
    void withoutSuchIndexesThereIsNoWarning(String argument, TestMongo mongo, CapturedOutput output) {
        Kennel.start(Kennel.application(Kennel.Migrations.class), mongo, argument)
                .close();
        assertThat(output).doesNotContain("auto-index-creation");
    }

    @Test
    void withoutMigrationsNoCollectionIsCreated(TestMongo mongo, CapturedOutput output) {
        try (ConfigurableApplicationContext context =
                Kennel.start(Kennel.application(), mongo, "--spring.data.mongodb.auto-index-creation=true")) {
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(mongo.database().listCollectionNames().first()).isNull();
        assertThat(output).doesNotContain("monarch").doesNotContain("auto-index-creation");
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

        @Bean
        @Migration("2-houses")
        MongoMigration houses() {
            return Kennel.remembering("migrated houses");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Conditional {

        @Bean
        @Profile("staging")
        @Migration("1-staging")
        MongoMigration staging() {
            return context -> {};
        }

        @Bean
        @Profile("production")
        @Migration("2-production")
        MongoMigration production() {
            return context -> {};
        }

        @Bean
        @ConditionalOnProperty("cats")
        @Migration("3-cats")
        MongoMigration cats() {
            return context -> {};
        }

        @Bean
        @ConditionalOnProperty("mice")
        @Migration("4-mice")
        MongoMigration mice() {
            return context -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Others {

        @Bean
        SmartLifecycle early() {
            return new Phase(Integer.MIN_VALUE / 2, "early phase");
        }

        @Bean
        SmartLifecycle ordinary() {
            return new Phase(0, "phase 0");
        }

        @Bean
        ApplicationListener<WebServerInitializedEvent> webServer() {
            return event -> Kennel.STEPS.add("web server");
        }
    }

    private record Phase(int number, String step) implements SmartLifecycle {

        @Override
        public void start() {
            Kennel.STEPS.add(step);
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }

        @Override
        public int getPhase() {
            return number;
        }
    }

    /** Records the clients that are opened with the application's settings. */
    @Configuration(proxyBeanMethods = false)
    static class Clusters {

        static final List<ClusterId> OPENED = new CopyOnWriteArrayList<>();

        @Bean
        MongoClientSettingsBuilderCustomizer listener() {
            ClusterListener listener = new ClusterListener() {
                @Override
                public void clusterOpening(ClusterOpeningEvent event) {
                    OPENED.add(event.getClusterId());
                }
            };
            return settings -> settings.applyToClusterSettings(cluster -> cluster.addClusterListener(listener));
        }
    }
}
