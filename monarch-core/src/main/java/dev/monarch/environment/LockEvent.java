package dev.monarch.environment;

import java.time.Duration;
import java.time.Instant;

/** Something a person may want to know while a lock is acquired. */
public sealed interface LockEvent {

    /**
     * Somebody else holds the lock; the caller waits.
     *
     * @param holder who holds it
     * @param atMost how long the caller will wait
     */
    record Waiting(LockHolder holder, Duration atMost) implements LockEvent {}

    /**
     * The holder's lease had run out and the lock was taken from it.
     *
     * @param formerHolder whose lock it was
     */
    record TakenOver(LockHolder formerHolder) implements LockEvent {}

    /**
     * Operations that a dead client left on the server are being ended, and waited for.
     *
     * @param sessions how many sessions they may belong to
     */
    record EndingAbandoned(int sessions) implements LockEvent {}

    /**
     * Who holds, or held, a lock.
     *
     * @param purpose what it does
     * @param host where it runs: host name and process id
     * @param since since when, on the server's clock
     * @param fence the number of its acquisition
     */
    public record LockHolder(String purpose, String host, Instant since, long fence) {

        @Override
        public String toString() {
            return host + " for " + purpose + " since " + since;
        }
    }
}
