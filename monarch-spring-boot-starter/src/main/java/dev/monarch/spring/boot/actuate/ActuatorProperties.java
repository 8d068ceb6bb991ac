package dev.monarch.spring.boot.actuate;

import java.util.Locale;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Operations over HTTP.
 *
 * @param operations Operations that may be started or changed over HTTP. The access to the endpoint must be 'unrestricted', too.
 */
@ConfigurationProperties("monarch.actuator")
public record ActuatorProperties(@DefaultValue Set<HttpOperation> operations) {

    public ActuatorProperties {
        operations = Set.copyOf(operations);
    }

    /** What can be started or changed over HTTP. A restore, a copy and the removal of a database are not among it. */
    public enum HttpOperation {
        /** Runs the pending migrations of an environment. */
        MIGRATE,
        /** Takes a backup of an environment. */
        BACKUP,
        /** Verifies a backup. */
        VERIFY,
        /** Changes the pace of a running operation. */
        PACE,
        /** Pauses a backfill. */
        PAUSE,
        /** Resumes a backfill. */
        RESUME,
        /** Changes the rate of a backfill. */
        RATE;

        /** {@return its name in a request} */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether it starts an operation. The others change one that is running. */
        boolean isStart() {
            return this == MIGRATE || this == BACKUP || this == VERIFY;
        }
    }
}
