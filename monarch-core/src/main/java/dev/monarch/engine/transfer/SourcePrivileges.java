package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Finds all privileges that a user lacks for reading a database, with the roles that grant them. */
final class SourcePrivileges {

    private static final Set<String> TO_LIST = Set.of("listCollections");

    private static final Set<String> TO_READ = Set.of("find", "listIndexes");

    private static final Set<String> TO_READ_BUCKETS = Set.of("find");

    private final MonarchEnvironment environment;

    private final ReadOptions reading;

    private final Privileges privileges;

    private final List<Fact> problems = new ArrayList<>();

    SourcePrivileges(MonarchEnvironment environment, ReadOptions reading) {
        this.environment = environment;
        this.reading = reading;
        this.privileges = Privileges.of(environment);
    }

    /**
     * Checks that no privilege is missing.
     *
     * @throws OperationRefusedException if privileges are missing; the message lists all of them
     */
    void require(CatalogueReader reader) {
        SortedSet<String> toList = privileges.missing(TO_LIST, reading.history());
        if (toList.isEmpty()) {
            Catalogue all = reader.list();
            missingToRead(all);
            missingForBuckets(all);
        } else {
            toList.addAll(privileges.missing(TO_READ, reading.history()));
            addProblem("this user lacks the privileges " + String.join(", ", toList) + "; " + grantRead());
        }
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(reading.operation(), environment.name(), problems);
        }
    }

    /**
     * The catalogue needs the indexes of all collections, even of those that are not selected. The history is always
     * read.
     */
    private void missingToRead(Catalogue all) {
        SortedSet<String> actions = new TreeSet<>(privileges.missing(TO_READ, reading.history()));
        List<String> collections = new ArrayList<>();
        for (CollectionDescription collection : all.collections()) {
            if (collection.type() == CollectionType.COLLECTION) {
                SortedSet<String> missing = privileges.missing(TO_READ, collection.name());
                if (!missing.isEmpty()) {
                    actions.addAll(missing);
                    collections.add(collection.name());
                }
            }
        }
        if (!actions.isEmpty()) {
            addProblem("this user lacks the privileges " + String.join(", ", actions) + " in '"
                    + String.join("', '", collections.isEmpty() ? List.of(reading.history()) : collections) + "'; "
                    + grantRead());
        }
    }

    private void missingForBuckets(Catalogue all) {
        for (CollectionDescription collection : all.only(reading.selection()).collections()) {
            if (collection.type() == CollectionType.TIME_SERIES
                    && !privileges
                            .missing(TO_READ_BUCKETS, collection.documentsIn())
                            .isEmpty()) {
                problems.add(new Fact(
                        Reason.MISSING_PRIVILEGE_FOR_TIME_SERIES,
                        "this user lacks the privilege find in '" + collection.documentsIn()
                                + "', which has the documents of the time series '" + collection.name()
                                + "'; the role backup on 'admin' grants it"));
            }
        }
    }

    private void addProblem(String problem) {
        problems.add(new Fact(Reason.MISSING_PRIVILEGE, problem));
    }

    private String grantRead() {
        return "the role read on '" + environment.address().database() + "' grants them";
    }
}
