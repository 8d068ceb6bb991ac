package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Finds all privileges that a user lacks for replacing or dropping a database, with the roles that grant them. */
public final class TargetPrivileges {

    private static final Set<String> TO_LOCK = Set.of("find", "insert", "update", "remove");

    private static final Set<String> TO_DROP = Set.of("dropCollection", "listCollections");

    private static final Set<String> TO_REPLACE =
            Set.of("createCollection", "createIndex", "listIndexes", "renameCollectionSameDB");

    private static final Set<String> TO_MODIFY = Set.of("collMod");

    /** Buckets are counted after they are written. */
    private static final Set<String> TO_WRITE_BUCKETS = Set.of("find", "insert");

    private final String database;

    private final Privileges privileges;

    /**
     * Queries the server; one round trip.
     *
     * @param target the environment whose database will be replaced or dropped
     */
    TargetPrivileges(MonarchEnvironment target) {
        this.database = target.address().database();
        this.privileges = Privileges.of(target);
    }

    /**
     * Returns the missing privileges for replacing the database.
     *
     * @param scope what will be replaced
     * @return what is missing and the roles that grant it
     */
    List<Fact> missingToReplace(ReplacementScope scope) {
        List<Fact> problems = new ArrayList<>();
        missing(List.of(TO_LOCK, TO_DROP, TO_REPLACE), problems);
        for (CollectionDescription collection : scope.incoming().collections()) {
            if (collection.type() == CollectionType.TIME_SERIES) {
                missingForBuckets(collection, problems);
            }
            if (!scope.replacement().parkTimeToLive() && TimeToLive.isOfCollection(collection)) {
                missingForTimeToLive(collection, problems);
            }
        }
        return problems;
    }

    /** An index can be built again. The option of a collection can only be changed. */
    private void missingForTimeToLive(CollectionDescription collection, List<Fact> problems) {
        if (!privileges.missing(TO_MODIFY, OwnCollections.STAGING_PREFIX).isEmpty()) {
            problems.add(new Fact(
                    Reason.MISSING_PRIVILEGE_TO_EXPIRE,
                    "this user lacks the privilege collMod, which is needed to set when documents of '"
                            + collection.name() + "' expire; the role dbAdmin on '" + database + "' grants it"));
        }
    }

    public static void requireToDrop(MonarchEnvironment target, String operation) {
        List<Fact> problems = new ArrayList<>();
        new TargetPrivileges(target).missing(List.of(TO_LOCK, TO_DROP), problems);
        require(target, operation, problems);
    }

    private static void require(MonarchEnvironment target, String operation, List<Fact> problems) {
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(operation, target.name(), problems);
        }
    }

    private void missing(List<Set<String>> needed, List<Fact> problems) {
        SortedSet<String> missing =
                privileges.missing(needed.stream().flatMap(Set::stream).toList(), OwnCollections.STAGING_PREFIX);
        if (!missing.isEmpty()) {
            problems.add(new Fact(
                    Reason.MISSING_PRIVILEGE,
                    "this user lacks the privileges " + String.join(", ", missing) + "; the role readWrite on '"
                            + database + "' grants them"));
        }
    }

    private void missingForBuckets(CollectionDescription series, List<Fact> problems) {
        SortedSet<String> missing = privileges.missing(TO_WRITE_BUCKETS, series.documentsIn());
        if (!missing.isEmpty()) {
            problems.add(new Fact(
                    Reason.MISSING_PRIVILEGE_FOR_TIME_SERIES,
                    "this user lacks the privileges " + String.join(", ", missing) + " in '" + series.documentsIn()
                            + "', which has the documents of the time series '" + series.name()
                            + "'; the roles backup and restore on 'admin' grant them"));
        }
    }
}
