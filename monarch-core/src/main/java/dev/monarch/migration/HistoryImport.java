package dev.monarch.migration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;

/**
 * A request to record in Monarch's history what another migration tool has applied, so that it does not run again.
 *
 * <p>Monarch only reads the collections of the other tool. Immutable.
 *
 * @param source the history to import
 * @param mapping the id of a migration here for an id of the other tool; an empty id ignores the entry. Ids that are
 *     not in it are found by their names
 * @param skipUnknown whether to ignore entries for which the application has no migration; otherwise they are conflicts
 */
public record HistoryImport(HistorySource source, Map<String, String> mapping, boolean skipUnknown) {

    public HistoryImport {
        mapping = Map.copyOf(mapping);
    }

    /**
     * Imports the only history of another tool that the database has.
     *
     * @return the request
     */
    public static HistoryImport ofOnlyHistory() {
        return from(new DetectedHistory());
    }

    /**
     * Imports the history of a tool, from the collection where the tool keeps it by default.
     *
     * @param tool the tool
     * @return the request
     */
    public static HistoryImport from(Tool tool) {
        return from(new ToolHistory(tool, null, null));
    }

    /**
     * Imports a history.
     *
     * @param source the history
     * @return the request
     */
    public static HistoryImport from(HistorySource source) {
        return new HistoryImport(source, Map.of(), false);
    }

    /**
     * Returns the same request with a mapping of ids.
     *
     * @param ids the id of a migration here for an id of the other tool; an empty id ignores the entry
     * @return the request
     */
    public HistoryImport mapping(Map<String, String> ids) {
        return new HistoryImport(source, ids, skipUnknown);
    }

    /**
     * Returns the same request, but entries without a migration here are ignored instead of being conflicts.
     *
     * @return the request
     */
    public HistoryImport skippingUnknown() {
        return new HistoryImport(source, mapping, true);
    }

    /** A migration tool whose history Monarch can read. */
    public enum Tool {

        /** Mongock 4 and 5: {@code mongockChangeLog}, with entries that Mongock took over from older tools. */
        MONGOCK,

        /** Flamingock: {@code flamingockAuditLog}. */
        FLAMINGOCK,

        /** Mongobee: {@code dbchangelog}. */
        MONGOBEE,

        /** migrate-mongo: {@code changelog}. */
        MIGRATE_MONGO,

        /** The Python tool monarch: {@code mongo_migration_history}, or {@code migrations}. */
        MONARCH,

        /** migopy: {@code migrations}. */
        MIGOPY,

        /** alley: {@code db_migrations}. */
        ALLEY
    }

    /** Where the history of another tool is, and how to read it. */
    public sealed interface HistorySource {}

    /** The only history of a known tool in the environment's database. */
    public record DetectedHistory() implements HistorySource {}

    /**
     * The history of a known tool.
     *
     * @param tool the tool
     * @param collection its collection, or null for the tool's default
     * @param database its database, or null for the environment's
     */
    public record ToolHistory(
            Tool tool,
            @Nullable String collection,
            @Nullable String database) implements HistorySource {}

    /**
     * The history of any other tool: a collection with one document for each migration.
     *
     * @param collection its collection
     * @param idField the field with the id of a migration; a path with dots may lead into a subdocument
     * @param whenField the field with the time when it was applied, or null
     * @param appliedIf which documents say that a migration is applied, as a query; null for all
     * @param database its database, or null for the environment's
     */
    public record CustomHistory(
            String collection,
            String idField,
            @Nullable String whenField,
            @Nullable Bson appliedIf,
            @Nullable String database)
            implements HistorySource {

        /**
         * Creates the description of a history.
         *
         * @throws IllegalArgumentException if {@code collection} or {@code idField} is blank
         */
        public CustomHistory {
            Checks.notBlank("collection", collection);
            Checks.notBlank("idField", idField);
        }
    }

    /**
     * What an import would record, or has recorded.
     *
     * @param environment the environment
     * @param source the history that is imported, as a noun phrase
     * @param entries every entry of the other history and every migration of the application, exactly once
     * @param conflicts why the history cannot be imported, as sentences; empty if it can
     */
    public record ImportPlan(String environment, String source, List<ImportedEntry> entries, List<String> conflicts) {

        /**
         * Creates a plan.
         *
         * @throws IllegalArgumentException if {@code environment} or {@code source} is blank
         */
        public ImportPlan {
            Checks.notBlank("environment", environment);
            Checks.notBlank("source", source);
            entries = List.copyOf(entries);
            conflicts = List.copyOf(conflicts);
        }

        /**
         * Returns what would be recorded.
         *
         * @return the entries, in the order in which the other tool applied them
         */
        public List<ImportedEntry> changes() {
            return entries.stream().filter(entry -> entry.state() != null).toList();
        }
    }

    /**
     * A migration in one of the two histories, or in both.
     *
     * @param otherId its id in the other history, or null if that does not have it
     * @param id the id of the migration here, or null if the application does not have it
     * @param outcome what the import does about it
     * @param state the state that the import records, or null if it records nothing
     * @param at the time in the other history, or null if unknown
     * @param detail what the other history says, as a phrase; may be empty
     */
    public record ImportedEntry(
            @Nullable String otherId,
            @Nullable String id,
            Outcome outcome,
            MigrationStatus.@Nullable State state,
            @Nullable Instant at,
            String detail) {}

    /** What an import does about a migration. */
    public enum Outcome {

        /** It is applied in the other history, and recorded as applied. */
        APPLIED,

        /** It failed or did not end in the other history, and is recorded with that state. */
        FAILED,

        /** The other history says that it is not applied. Nothing is recorded, and the next run starts it. */
        PENDING,

        /** Monarch's history already has it. Nothing is recorded. */
        RECORDED,

        /** The request ignores it. Nothing is recorded. */
        IGNORED,

        /** The application has no migration for it. */
        UNKNOWN,

        /** The other history does not have it. The next run starts it. */
        NEW
    }
}
