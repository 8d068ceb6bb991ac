package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The known state of an environment.
 *
 * @param name its name
 * @param host its hosts, or null if its connection is not usable
 * @param database its database, or null if its connection is not usable
 * @param migrated whether the application migrates it when it starts
 * @param guarded whether it is protected: yes, no, or null if unknown
 * @param reachable whether a server answered
 * @param version the server's version, or null if unknown
 * @param pending how many migrations are pending, or null if unknown
 * @param problem what is wrong with it, or null if nothing
 */
record EnvironmentState(
        String name,
        @Nullable String host,
        @Nullable String database,
        boolean migrated,
        @Nullable String guarded,
        boolean reachable,
        @Nullable String version,
        @Nullable Integer pending,
        @Nullable String problem) {

    Document document() {
        return new Document("name", name)
                .append("host", host)
                .append("database", database)
                .append("migrated", migrated)
                .append("protected", guarded != null ? "yes".equals(guarded) : null)
                .append("reachable", reachable)
                .append("version", version)
                .append("pending", pending)
                .append("problem", problem);
    }
}
