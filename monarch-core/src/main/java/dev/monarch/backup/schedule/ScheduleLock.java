package dev.monarch.backup.schedule;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** Acquires the lock of an environment for the runs of one schedule. */
record ScheduleLock(BackupSchedule schedule, MonarchEnvironment environment, LockSettings settings) {

    private static final Logger log = LoggerFactory.getLogger(ScheduleLock.class);

    /** {@return the purpose in the lock, which distinguishes the runs of this schedule from other operations} */
    String purpose() {
        return "scheduled backup " + schedule.id();
    }

    HeldLock acquire(Duration waitAtMost) {
        LockSettings waiting = new LockSettings(settings.lease(), settings.heartbeat(), waitAtMost, settings.skew());
        return new EnvironmentLock(environment, waiting).acquire(purpose(), null, this::log);
    }

    private void log(LockEvent event) {
        if (event instanceof LockEvent.Waiting waiting && !waiting.atMost().isZero()) {
            log.info(
                    "Schedule {}: waiting for the lock of '{}', which {} holds",
                    schedule.id(),
                    environment.name(),
                    waiting.holder());
        }
    }

    Duration waitAtMost() {
        return settings.waitAtMost();
    }

    Duration lease() {
        return settings.lease();
    }
}
