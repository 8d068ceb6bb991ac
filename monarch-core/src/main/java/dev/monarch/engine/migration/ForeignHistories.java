package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoException;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.environment.MonarchEnvironment;

/** Finds the histories that other migration tools keep in an environment. */
public final class ForeignHistories {

    /** By the defaults of the tools' own documentation. */
    private static final Map<String, String> TOOLS = new LinkedHashMap<>();

    static {
        TOOLS.put("mongockChangeLog", "Mongock");
        TOOLS.put("flamingockAuditLog", "Flamingock");
        TOOLS.put("flamingockAuditLogs", "Flamingock");
        TOOLS.put("dbchangelog", "Mongobee or Mongock");
        TOOLS.put("DATABASECHANGELOG", "Liquibase");
        TOOLS.put("changelog", "migrate-mongo");
        TOOLS.put("migrations", "a migration tool, perhaps");
        TOOLS.put("db_migrations", "a migration tool, perhaps");
    }

    private ForeignHistories() {}

    /**
     * Finds the histories of other tools; one round trip.
     *
     * @param environment where Monarch's own history is empty
     * @return a fact for each
     */
    public static List<Fact> in(MonarchEnvironment environment) {
        List<String> found = new ArrayList<>();
        try {
            environment.ownDatabase().listCollectionNames().into(found);
        } catch (MongoException e) {
            // It is a service to whoever changes tools, and not worth failing for: a run says itself what it may not
            // do.
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
