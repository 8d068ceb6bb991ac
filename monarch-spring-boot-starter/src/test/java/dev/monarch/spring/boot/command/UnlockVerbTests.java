package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Locks that unlock releases. */
@MongoTest
class UnlockVerbTests {

    @Test
    void unlockReleasesTheLock(TestMongo mongo) {
        assertThat(Commands.on(mongo).run("unlock").out())
                .isEqualTo("Environment 'default': the lock was already free.\n");
        try (HeldLock held = Locks.acquire(mongo, "a test")) {
            assertThat(Commands.on(mongo).run("status").out()).contains("The lock is held by ", " for a test since ");
            Result result = Commands.on(mongo).run("unlock");
            assertThat(result.exit()).isZero();
            assertThat(result.out()).startsWith("Environment 'default': the lock was removed from ");
            assertThat(Commands.on(mongo)
                            .with("--monarch.lock.wait=0s")
                            .run("migrate")
                            .exit())
                    .isZero();
            assertThat(held).isNotNull();
        }
    }
}
