package dev.monarch.engine.environment;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

import com.mongodb.MongoException;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.environment.MonarchEnvironment;

/**
 * The privileges of an environment's user, as the server reports them.
 *
 * <p>A privilege allows actions on a resource (MongoDB manual, "Resource Document"). A privilege on all collections
 * of a database does not include collections whose names begin with {@code system.}. Immutable.
 */
public final class Privileges {

    /** The server's error code for a missing privilege. */
    public static final int UNAUTHORIZED = 13;

    private static final String SYSTEM = "system.";

    private static final String BUCKETS = "system.buckets.";

    private final String database;

    private final @Nullable List<BsonDocument> granted;

    private Privileges(String database, @Nullable List<BsonDocument> granted) {
        this.database = database;
        this.granted = granted;
    }

    /**
     * Queries the server. One round trip.
     *
     * @param environment the environment
     * @return the privileges; all of them if the server does not report any or has no access control
     */
    public static Privileges of(MonarchEnvironment environment) {
        return new Privileges(environment.address().database(), granted(environment));
    }

    /**
     * Reads one of Monarch's own collections. If the user lacks the privilege, all missing privileges of the operation
     * are reported together.
     *
     * @param read reads the collection
     * @param require throws if the user lacks any privilege for the operation
     * @param <T> the type of the result
     * @return the result
     * @throws MongoException if it could not be read, and nothing is known to be missing
     */
    public static <T> T whenRead(Supplier<T> read, Runnable require) {
        try {
            return read.get();
        } catch (MongoException e) {
            if (e.getCode() == UNAUTHORIZED) {
                require.run();
            }
            throw e;
        }
    }

    private static @Nullable List<BsonDocument> granted(MonarchEnvironment environment) {
        try {
            BsonDocument authentication = environment
                    .ownDatabase()
                    .runCommand(
                            new BsonDocument("connectionStatus", new BsonInt32(1))
                                    .append("showPrivileges", BsonBoolean.TRUE),
                            BsonDocument.class)
                    .getDocument("authInfo", new BsonDocument());
            if (authentication.getArray("authenticatedUsers", new BsonArray()).isEmpty()) {
                return null;
            }
            return authentication.getArray("authenticatedUserPrivileges", new BsonArray()).stream()
                    .map(BsonValue::asDocument)
                    .toList();
        } catch (MongoException e) {
            // Servers that are only compatible with MongoDB may not support the command.
            return null;
        }
    }

    /**
     * Returns the missing privileges on a collection.
     *
     * @param actions the required actions, as the server calls them, such as {@code insert}
     * @param collection the name of the collection, which need not exist; a user collection represents all user
     *     collections
     * @return the actions that are not granted
     */
    public SortedSet<String> missing(Collection<String> actions, String collection) {
        SortedSet<String> missing = new TreeSet<>();
        if (granted != null) {
            missing.addAll(actions);
            for (BsonDocument privilege : granted) {
                if (covers(privilege.getDocument("resource", new BsonDocument()), collection)) {
                    privilege
                            .getArray("actions")
                            .forEach(action -> missing.remove(action.asString().getValue()));
                }
            }
        }
        return missing;
    }

    private boolean covers(BsonDocument resource, String collection) {
        if (resource.getBoolean("anyResource", BsonBoolean.FALSE).getValue()) {
            return true;
        }
        if (!isOrAny(resource.getString("db", new BsonString("")).getValue(), database)) {
            return false;
        }
        if (resource.get("system_buckets") instanceof BsonString series) {
            return collection.startsWith(BUCKETS) && isOrAny(series.getValue(), collection.substring(BUCKETS.length()));
        }
        if (!(resource.get("collection") instanceof BsonString named)) {
            return false;
        }
        return named.getValue().equals(collection) || named.getValue().isEmpty() && !collection.startsWith(SYSTEM);
    }

    private static boolean isOrAny(String granted, String requested) {
        return granted.isEmpty() || granted.equals(requested);
    }
}
