package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.environment.EnvironmentAddress;

/**
 * The server and database that a bean uses, as far as known.
 *
 * @param hosts the hosts its client is configured with, or null if unknown
 * @param database the database it works on, or null if unknown, or if it works on any
 * @param problem why they are unknown, or null if they are known
 */
public record MongoPlace(
        @Nullable List<String> hosts,
        @Nullable String database,
        @Nullable String problem) {

    static MongoPlace of(@Nullable List<String> hosts, @Nullable String database) {
        return new MongoPlace(hosts, database, null);
    }

    static MongoPlace unknown(String problem) {
        return new MongoPlace(null, null, problem);
    }

    MongoPlace withProblem(String reason) {
        return new MongoPlace(hosts, database, reason);
    }

    /**
     * Tells whether this may be the server and database of an address.
     *
     * @param address the address
     * @return false if it is certainly another one
     */
    public boolean mayBeAt(EnvironmentAddress address) {
        EnvironmentAddress here = new EnvironmentAddress(
                hosts != null ? hosts : address.hosts(), database != null ? database : address.database());
        return here.isSamePlaceAs(address);
    }

    /** Tells whether two beans may use the same database. */
    boolean mayBeAt(MongoPlace other) {
        return other.hosts == null || other.database == null
                ? database == null || other.database == null || database.equals(other.database)
                : mayBeAt(new EnvironmentAddress(other.hosts, other.database));
    }

    @Override
    public String toString() {
        return (hosts != null ? String.join(",", hosts) : "(unknown server)")
                + (database != null ? "/" + database : "");
    }
}
