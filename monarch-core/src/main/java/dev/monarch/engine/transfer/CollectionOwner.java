package dev.monarch.engine.transfer;

import java.util.Set;

import dev.monarch.transfer.Omission;

/**
 * Whose a collection is. Every source and every target asks here: only what is a user's travels, is listed, replaced and
 * removed, whatever wrote the dump.
 */
public enum CollectionOwner {

    /** Data of the application, its migration history included. */
    USER(""),

    /** Monarch's own: its lock, journal, schedules and staging collections. */
    MONARCH("it is Monarch's own"),

    /** The server's own: users, roles, profiles, the configuration of a cluster. */
    SERVER("it is the server's own");

    private static final String SYSTEM = "system.";

    /** Functions that users keep on the server. */
    private static final String JAVASCRIPT = "system.js";

    /** Where mongodump puts the users and roles of one database. */
    private static final String USERS_AND_ROLES = "$admin.";

    private static final Set<String> SERVER_DATABASES = Set.of("config", "local");

    private final String reason;

    CollectionOwner(String reason) {
        this.reason = reason;
    }

    /**
     * Finds the owner of a collection in a user's database.
     *
     * @param collection its name
     * @return the owner; of the buckets of a time series, which are a part of it, the server
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
     * Tells whether a database holds nothing of a user's.
     *
     * @param database its name
     * @return true for {@code config} and {@code local}
     */
    public static boolean isServerDatabase(String database) {
        return SERVER_DATABASES.contains(database);
    }

    /**
     * Says why a collection of this owner does not travel.
     *
     * @return a clause; empty for {@link #USER}
     */
    public String reason() {
        return reason;
    }

    /** Describes a collection of this owner as something that does not travel. */
    public Omission omission(String collection) {
        return new Omission("Collection '" + collection + "'", reason);
    }
}
