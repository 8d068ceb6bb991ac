package dev.monarch.environment;

import java.time.Duration;
import java.time.Instant;

import dev.monarch.engine.Checks;

/** An event while a lock is acquired. */
public sealed interface LockEvent {

    /**
     * Another holder has the lock, and the caller waits.
     *
     * @param holder who holds it
     * @param atMost how long the caller will wait
     */
    record Waiting(LockHolder holder, Duration atMost) implements LockEvent {

        /**
         * Creates the event.
         *
         * @throws IllegalArgumentException if {@code atMost} is negative
         */
        public Waiting {
            Checks.notNegative("atMost", atMost);
        }
    }

    /**
     * The holder's lease had expired, and the caller took over the lock.
     *
     * @param formerHolder the former holder
     */
    record TakenOver(LockHolder formerHolder) implements LockEvent {}

    /**
     * Monarch kills operations of a client that disconnected, and waits until they end.
     *
     * @param sessions the number of sessions that may have such operations
     */
    record AbandonedOperations(int sessions) implements LockEvent {

        /**
         * Creates the event.
         *
         * @throws IllegalArgumentException if {@code sessions} is negative
         */
        public AbandonedOperations {
            Checks.atLeast("sessions", sessions, 0);
        }
    }

    /**
     * The current or former holder of a lock.
     *
     * @param purpose the operation of the holder
     * @param host the host name and process id of the holder
     * @param since the time of the acquisition, on the server's clock
     * @param fence the fencing token of the acquisition
     */
    public record LockHolder(String purpose, String host, Instant since, long fence) {

        /**
         * Creates a holder.
         *
         * @throws IllegalArgumentException if {@code fence} is negative
         */
        public LockHolder {
            Checks.atLeast("fence", fence, 0);
        }

        @Override
        public String toString() {
            return host + " for " + purpose + " since " + since;
        }
    }
}
