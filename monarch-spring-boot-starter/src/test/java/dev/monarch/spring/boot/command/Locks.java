package dev.monarch.spring.boot.command;

import java.time.Duration;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.TestMongo;

/** Another process that needs the lock. */
final class Locks {

    private Locks() {}

    /** Acquires it without waiting. */
    static HeldLock acquire(TestMongo mongo, String purpose) {
        return acquire(mongo, mongo.databaseName(), purpose);
    }

    /** Acquires the lock of another database without waiting. */
    static HeldLock acquire(TestMongo mongo, String database, String purpose) {
        return new EnvironmentLock(
                        MonarchEnvironment.using("default", Protection.DEFAULT, mongo.client(), database),
                        new LockSettings(
                                Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(5)))
                .acquire(purpose, null, event -> {});
    }
}
