package dev.monarch.engine.environment;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
 * What the user of an environment may do there, by the server's own account of it.
 *
 * <p>A privilege is some actions on a resource (MongoDB manual, "Resource Document"); one on all collections of a database
 * does not hold for those whose names begin with {@code system.}. Immutable.
 */
public final class Privileges {

    /** The server's code of the answer to what a user may not do. */
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
     * Asks the server; one round trip.
     *
     * @param environment the environment
     * @return what may be done there; everything where the server does not say, or asks nobody for a password
     */
    public static Privileges of(MonarchEnvironment environment) {
        return new Privileges(environment.address().database(), granted(environment));
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
            // Servers that are only like MongoDB need not know the command.
            return null;
        }
    }

    /**
     * Tells what may not be done to a collection.
     *
     * @param actions the server's words for what is going to be done, such as {@code insert}
     * @param collection the name of the collection, which need not be there; those of the server's own are to be named,
     *     any other stands for all
     * @return those of the actions that are not granted
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

    private static boolean isOrAny(String granted, String wanted) {
        return granted.isEmpty() || granted.equals(wanted);
    }
}
