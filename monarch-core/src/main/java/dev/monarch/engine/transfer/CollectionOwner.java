package dev.monarch.engine.transfer;

import java.util.Set;

import dev.monarch.transfer.Omission;

/**
 * The owner of a collection, by its name. Every source and every target uses this rule: only user collections are
 * transferred, listed, replaced and removed, whichever tool wrote the dump.
 */
public enum CollectionOwner {

    /** The application's data, including its migration history. */
    USER(""),

    /** Monarch's own collections: lock, journal, schedules, staging. */
    MONARCH("it is Monarch's own"),

    /** The server's own collections: users, roles, profiles, cluster configuration. */
    SERVER("it is the server's own");

    private static final String SYSTEM = "system.";

    /** Functions that users store on the server. */
    private static final String JAVASCRIPT = "system.js";

    /** The prefix of mongodump's collections with the users and roles of one database. */
    private static final String USERS_AND_ROLES = "$admin.";

    private static final Set<String> SERVER_DATABASES = Set.of("config", "local");

    private final String reason;

    CollectionOwner(String reason) {
        this.reason = reason;
    }

    /**
     * Finds the owner of a collection in a user database.
     *
     * @param collection its name
     * @return the owner; the server for the buckets of a time series, which are transferred as part of it
     */
    public static CollectionOwner of(String collection) {
        if (OwnCollections.contains(collection)) {
            return MONARCH;
        }
        boolean system = collection.startsWith(SYSTEM) && !collection.equals(JAVASCRIPT);
        return system || collection.startsWith(USERS_AND_ROLES) ? SERVER : USER;
    }

    /**
     * Finds the owner of a collection in any database.
     *
     * @param namespace its full name
     * @return the owner
     */
    public static CollectionOwner of(Namespace namespace) {
        return isServerDatabase(namespace.database()) ? SERVER : of(namespace.collection());
    }

    /**
     * Tells whether a database belongs to the server.
     *
     * @param database its name
     * @return true for {@code config} and {@code local}
     */
    public static boolean isServerDatabase(String database) {
        return SERVER_DATABASES.contains(database);
    }

    /**
     * Returns why a collection of this owner is not transferred.
     *
     * @return a clause; empty for {@link #USER}
     */
    public String reason() {
        return reason;
    }

    /** {@return the omission of a collection of this owner} */
    public Omission omission(String collection) {
        return new Omission("Collection '" + collection + "'", reason);
    }
}
