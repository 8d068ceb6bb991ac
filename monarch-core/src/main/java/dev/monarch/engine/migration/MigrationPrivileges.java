package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Privileges;
import dev.monarch.environment.MonarchEnvironment;

/** Finds all privileges that a user lacks for migrations, with the role that grants them. */
final class MigrationPrivileges {

    private static final String WHOLE_DATABASE = "";

    private MigrationPrivileges() {}

    /**
     * Refuses the run if privileges are missing; one round trip.
     *
     * @throws OperationRefusedException if so; it lists all of them
     */
    static void require(MonarchEnvironment environment, String historyCollection) {
        Privileges privileges = Privileges.of(environment);
        List<String> problems = new ArrayList<>();
        needed(historyCollection).forEach((collection, actions) -> {
            SortedSet<String> missing = privileges.missing(actions, collection);
            if (!missing.isEmpty()) {
                problems.add(String.join(", ", missing)
                        + (collection.equals(WHOLE_DATABASE) ? " in the database" : " in '" + collection + "'"));
            }
        });
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(
                    "migrate",
                    environment.name(),
                    Reason.MISSING_PRIVILEGE,
                    "this user lacks the privileges " + String.join("; ", problems) + "; the role readWrite on '"
                            + environment.address().database() + "' grants them");
        }
    }

    private static Map<String, Set<String>> needed(String historyCollection) {
        Map<String, Set<String>> needed = new LinkedHashMap<>();
        needed.put(WHOLE_DATABASE, Set.of("listCollections"));
        needed.put("monarch.journal", Set.of("find"));
        needed.put("monarch.lock", Set.of("find", "insert", "update"));
        needed.put(historyCollection, Set.of("find", "insert", "update"));
        return needed;
    }
}
