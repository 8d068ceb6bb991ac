package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.LockHeldException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.LockSettings;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** An application that starts while another process holds the lock. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class WhenLockedTests {

    private static final String[] SKIP = {"--monarch.migrations.run-at=ready", "--monarch.migrations.when-locked=SKIP"};

    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        elsewhere.shutdownNow();
        assertThat(elsewhere.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withSkipItRunsNothingAndIsNotReadyUntilTheHolderHasAppliedEverything(TestMongo mongo, CapturedOutput output) {
        CompletableFuture<ConfigurableApplicationContext> start;
        try (HeldLock held = lock(mongo)) {
            start = startElsewhere(mongo, SKIP);
            await().untilAsserted(
                            () -> assertThat(output)
                                    .containsPattern(
                                            "Environment 'default': [^ ]+ holds the lock for a test; this application is not ready for traffic until everything is applied"));
            assertThat(Kennel.STEPS).isEmpty();
            assertThat(start).isNotDone();
            held.ensureHeld();
        }
        Kennel.migrateFromElsewhere(mongo);
        try (var context = start.orTimeout(20, TimeUnit.SECONDS).join()) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Kennel.STEPS).containsExactly("accepting traffic");
        }
    }

    @Test
    void withSkipItMigratesIfTheLockIsFree(TestMongo mongo) {
        try (var context = Kennel.start(application(), mongo, SKIP)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses", "accepting traffic");
        }
    }

    @Test
    void aHolderThatNeverAppliesThemFailsTheStart(TestMongo mongo) {
        try (HeldLock held = lock(mongo)) {
            assertThatThrownBy(() -> Kennel.start(application(), mongo, SKIP[0], SKIP[1], "--monarch.lock.wait=1s"))
                    .isInstanceOf(PendingMigrationsException.class)
                    .hasMessage(
                            "Environment 'default' has pending migrations (1-dogs, 2-houses): another process held the lock when this application started, and did not apply them within 1 s.");
            held.ensureHeld();
        }
        assertThat(Kennel.STEPS).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    void withWaitItMigratesWhenTheLockIsFree(String runAt, TestMongo mongo, CapturedOutput output) {
        CompletableFuture<ConfigurableApplicationContext> start;
        try (HeldLock held = lock(mongo)) {
            start = startElsewhere(mongo, "--monarch.migrations.run-at=" + runAt, "--monarch.lock.wait=1m");
            await().untilAsserted(() -> assertThat(output)
                    .containsPattern(
                            "Environment 'default': waiting up to \\d\\d s for the lock, held by .+ for a test"));
            assertThat(Kennel.STEPS).isEmpty();
            held.ensureHeld();
        }
        start.orTimeout(20, TimeUnit.SECONDS).join().close();
        assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses", "accepting traffic");
    }

    @Test
    void anExpiredWaitFailsTheStart(TestMongo mongo) {
        try (HeldLock held = lock(mongo)) {
            assertThatThrownBy(() -> Kennel.start(application(), mongo, "--monarch.lock.wait=0s"))
                    .rootCause()
                    .isInstanceOf(LockHeldException.class);
            held.ensureHeld();
        }
    }

    private CompletableFuture<ConfigurableApplicationContext> startElsewhere(TestMongo mongo, String... arguments) {
        var application = application();
        return CompletableFuture.supplyAsync(() -> Kennel.start(application, mongo, arguments), elsewhere);
    }

    private static SpringApplicationBuilder application() {
        return Kennel.application(Kennel.Migrations.class, Readiness.class);
    }

    private static HeldLock lock(TestMongo mongo) {
        return new EnvironmentLock(
                        Kennel.environment(mongo),
                        new LockSettings(
                                Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(5)))
                .acquire("a test", null, event -> {});
    }

    @Configuration(proxyBeanMethods = false)
    static class Readiness {

        @Bean
        ApplicationListener<AvailabilityChangeEvent<ReadinessState>> readiness() {
            return new ApplicationListener<>() {
                @Override
                public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
                    if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
                        Kennel.STEPS.add("accepting traffic");
                    }
                }
            };
        }
    }
}
