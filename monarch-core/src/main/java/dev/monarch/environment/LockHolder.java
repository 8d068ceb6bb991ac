package dev.monarch.environment;

import java.time.Instant;

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
