package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.environment.EnvironmentAddress;

/**
 * Where a bean leads, as far as it says so.
 *
 * @param hosts the hosts its client is configured with, or null if it does not say
 * @param database the database it works on, or null if it does not say, or works on any
 * @param problem why it does not say, or null if it says enough
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
     * Tells whether nothing that the bean says contradicts an address.
     *
     * @param address the address
     * @return false if the bean is certainly somewhere else
     */
    public boolean mayBeAt(EnvironmentAddress address) {
        EnvironmentAddress here = new EnvironmentAddress(
                hosts != null ? hosts : address.hosts(), database != null ? database : address.database());
        return here.isSamePlaceAs(address);
    }

    /** Tells whether two beans may lead to the same database. */
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
