package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoException;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.environment.MonarchEnvironment;

/** Finds the histories of other migration tools in an environment. */
public final class ForeignHistories {

    /** The default names of collections, from the documentation of the tools. */
    private static final Map<String, String> TOOLS = new LinkedHashMap<>();

    static {
        TOOLS.put("mongockChangeLog", "Mongock");
        TOOLS.put("flamingockAuditLog", "Flamingock");
        TOOLS.put("flamingockAuditLogs", "Flamingock");
        TOOLS.put("dbchangelog", "Mongobee or Mongock");
        TOOLS.put("DATABASECHANGELOG", "Liquibase");
        TOOLS.put("changelog", "migrate-mongo");
        TOOLS.put("migrations", "possibly from a migration tool");
        TOOLS.put("db_migrations", "possibly from a migration tool");
    }

    private ForeignHistories() {}

    /**
     * Finds the histories of other tools; one round trip.
     *
     * @param environment an environment in which Monarch's own history is empty
     * @return one fact for each history
     */
    public static List<Fact> in(MonarchEnvironment environment) {
        List<String> found = new ArrayList<>();
        try {
            environment.ownDatabase().listCollectionNames().into(found);
        } catch (MongoException e) {
            // This is only a hint for users who switch tools, so a failure is ignored. The run itself reports missing
            // privileges.
            return List.of();
        }
        return TOOLS.entrySet().stream()
                .filter(tool -> found.contains(tool.getKey()))
                .map(tool -> new Fact(
                        Reason.OTHER_HISTORY,
                        "There is a collection '" + tool.getKey() + "' (" + tool.getValue()
                                + "), and Monarch's own history is empty: every migration counts as pending."))
                .toList();
    }
}
