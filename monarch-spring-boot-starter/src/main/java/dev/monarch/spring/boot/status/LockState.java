package dev.monarch.spring.boot.status;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The state of an environment's lock at the time of the read.
 *
 * @param holder who holds it; null if it is free
 * @param holderIsAlive whether the holder's lease has not expired
 */
public record LockState(@Nullable LockHolder holder, boolean holderIsAlive) {

    /**
     * Reads the state; one round trip if the lock is free.
     *
     * @param environment the environment
     * @return the state
     */
    public static LockState of(MonarchEnvironment environment) {
        EnvironmentLock lock = new EnvironmentLock(environment, LockSettings.DEFAULT);
        LockHolder holder = lock.holder().orElse(null);
        return new LockState(holder, holder != null && lock.liveHolder().isPresent());
    }
}
