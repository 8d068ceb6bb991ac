package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoException;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;

/**
 * Refuses a source without user collections: its name is probably misspelt, and the operation would empty its target.
 *
 * <p>Monarch's own collections, the server's own and the migration history do not count.
 *
 * @param operation the operation, as a phrase before the name of an environment: {@code back up}
 * @param environment the name of the operation's environment
 * @param history the migration history collection
 * @param allowEmpty whether an empty source is allowed
 */
public record SourceCheck(String operation, String environment, String history, boolean allowEmpty) {

    /**
     * Checks the database of an environment.
     *
     * @param source the environment to read
     * @param catalogue the catalogue of its database
     * @throws OperationRefusedException if it is empty; the message suggests similar database names, if the user may
     *     list them
     */
    public void require(MonarchEnvironment source, Catalogue catalogue) {
        if (isEmpty(catalogue)) {
            String database = source.address().database();
            throw refused(
                    Reason.EMPTY_SOURCE,
                    "the database '" + database + "' of '" + source.name() + "' does not exist or is empty"
                            + (catalogue.contains(history) ? " (the migration history does not count)" : "")
                            + nearest(database, source));
        }
    }

    /**
     * Checks a backup.
     *
     * @param backup the name or the path of the backup
     * @param catalogue the catalogue of the backup
     * @throws OperationRefusedException if it is empty
     */
    public void require(String backup, Catalogue catalogue) {
        if (isEmpty(catalogue)) {
            throw refused(Reason.EMPTY_BACKUP, "the backup '" + backup + "' contains no collections");
        }
    }

    private boolean isEmpty(Catalogue catalogue) {
        return !allowEmpty
                && catalogue.collections().stream()
                        .map(CollectionDescription::name)
                        .noneMatch(this::isUserData);
    }

    private boolean isUserData(String collection) {
        return !collection.equals(history) && CollectionOwner.of(collection) == CollectionOwner.USER;
    }

    private OperationRefusedException refused(Reason reason, String problem) {
        return new OperationRefusedException(operation, environment, reason, problem);
    }

    private static String nearest(String database, MonarchEnvironment source) {
        List<String> nearest = NearestNames.to(database, databases(source));
        return nearest.isEmpty() ? "" : "; databases with similar names are '" + String.join("', '", nearest) + "'";
    }

    private static List<String> databases(MonarchEnvironment source) {
        try {
            List<String> names = source.ownClient().listDatabaseNames().into(new ArrayList<>());
            names.removeIf(name -> name.equals(source.address().database())
                    || name.equals("admin")
                    || CollectionOwner.isServerDatabase(name));
            return names;
        } catch (MongoException e) {
            // The user may lack the privilege to list databases.
            return List.of();
        }
    }
}
