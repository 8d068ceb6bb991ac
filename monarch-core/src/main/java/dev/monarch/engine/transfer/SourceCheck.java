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
 * Refuses a source that holds no collection of anybody's: its name is probably misspelt, and whatever it replaces would be
 * emptied.
 *
 * <p>Collections of Monarch's own, those of the server and the migration history do not count.
 *
 * @param operation what the source is for, in words that fit before the name of an environment: {@code back up}
 * @param environment the name of the environment that the operation is about
 * @param history the collection of the migration history
 * @param allowEmpty whether an empty source is meant
 */
public record SourceCheck(String operation, String environment, String history, boolean allowEmpty) {

    /**
     * Checks the database of an environment.
     *
     * @param source the environment that is read
     * @param there what its database holds
     * @throws OperationRefusedException if that is nothing; with the names of databases that are near, where the user may
     *     list them
     */
    public void require(MonarchEnvironment source, Catalogue there) {
        if (isEmpty(there)) {
            String database = source.address().database();
            throw refused(
                    Reason.EMPTY_SOURCE,
                    "the database '" + database + "' of '" + source.name() + "' does not exist or is empty"
                            + (there.collection(history).isPresent() ? " (the migration history does not count)" : "")
                            + nearest(database, source));
        }
    }

    /**
     * Checks a backup.
     *
     * @param backup what it is called, as a name or a path
     * @param there what it holds
     * @throws OperationRefusedException if that is nothing
     */
    public void require(String backup, Catalogue there) {
        if (isEmpty(there)) {
            throw refused(Reason.EMPTY_BACKUP, "the backup '" + backup + "' holds no collections");
        }
    }

    private boolean isEmpty(Catalogue there) {
        return !allowEmpty
                && there.collections().stream().map(CollectionDescription::name).noneMatch(this::isSomebodys);
    }

    private boolean isSomebodys(String collection) {
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
            // Not every user may list them.
            return List.of();
        }
    }
}
