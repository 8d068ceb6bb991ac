package dev.monarch.engine.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.mongodb.client.model.Filters;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

import dev.monarch.migration.HistoryImport.CustomHistory;
import dev.monarch.migration.HistoryImport.Tool;

/**
 * How a tool keeps its history.
 *
 * @param name the tool's name
 * @param collections its collection, with the names of other versions
 * @param sign recognizes an entry, in a collection whose name others may use, too
 * @param ids the field of the id, with the names of other versions
 * @param times the field of the time, with the names of other versions
 * @param states the field of the state; an entry without one is applied
 * @param meanings the meaning of each state, in upper case; an entry with a null meaning says nothing
 * @param appliedCounts whether a later failure does not count once the migration is applied
 * @param internal recognizes entries of the tool's own work
 * @param locks the collections of the tool's lock
 * @param shortened shortens an id to the name of the migration
 */
record HistoryFormat(
        String name,
        List<String> collections,
        Bson sign,
        List<String> ids,
        List<String> times,
        List<String> states,
        Map<String, OtherState> meanings,
        boolean appliedCounts,
        Predicate<BsonDocument> internal,
        List<String> locks,
        UnaryOperator<String> shortened) {

    /** {@code trackIgnored} of Mongock writes it for a change that is applied already. */
    static final String SAYS_NOTHING = "IGNORED";

    private static final Map<String, OtherState> OF_MONGOCK = Map.of(
            "EXECUTED", OtherState.APPLIED,
            "FAILED", OtherState.FAILED,
            "ROLLED_BACK", OtherState.PENDING,
            "ROLLBACK_FAILED", OtherState.ROLLBACK_FAILED);

    private static final Map<String, OtherState> OF_FLAMINGOCK = Map.of(
            "STARTED", OtherState.STARTED,
            "APPLIED", OtherState.APPLIED,
            "EXECUTED", OtherState.APPLIED,
            "MANUAL_MARKED_AS_APPLIED", OtherState.APPLIED,
            "MANUAL_MARKED_AS_EXECUTED", OtherState.APPLIED,
            "FAILED", OtherState.FAILED,
            "EXECUTION_FAILED", OtherState.FAILED,
            "ROLLED_BACK", OtherState.PENDING,
            "MANUAL_MARKED_AS_ROLLED_BACK", OtherState.PENDING,
            "ROLLBACK_FAILED", OtherState.ROLLBACK_FAILED);

    private static final Map<String, OtherState> OF_MONARCH = Map.of(
            "NEW", OtherState.PENDING,
            "PROCESSING", OtherState.STARTED,
            "COMPLETED", OtherState.APPLIED,
            "FAILED", OtherState.FAILED);

    private static final Map<Tool, HistoryFormat> ALL = Map.ofEntries(
            Map.entry(Tool.MONGOCK, mongock("Mongock", "mongockChangeLog", List.of("mongockLock"))),
            Map.entry(Tool.MONGOBEE, mongock("Mongobee", "dbchangelog", List.of())),
            Map.entry(
                    Tool.FLAMINGOCK,
                    new HistoryFormat(
                            "Flamingock",
                            List.of("flamingockAuditLog", "flamingockAuditLogs"),
                            Filters.or(Filters.exists("changeId"), Filters.exists("taskId")),
                            List.of("changeId", "taskId"),
                            List.of("createdAt", "timestamp"),
                            List.of("state"),
                            OF_FLAMINGOCK,
                            false,
                            HistoryFormat::isInternal,
                            List.of("flamingockLock", "flamingockLocks"),
                            UnaryOperator.identity())),
            Map.entry(
                    Tool.MIGRATE_MONGO,
                    list(
                            "migrate-mongo",
                            "changelog",
                            Filters.and(Filters.exists("fileName"), Filters.exists("appliedAt")),
                            "fileName",
                            "appliedAt")),
            Map.entry(
                    Tool.MONARCH,
                    new HistoryFormat(
                            "the Python tool monarch",
                            List.of("mongo_migration_history", "migrations"),
                            Filters.or(
                                    Filters.and(Filters.exists("key"), Filters.exists("state")),
                                    Filters.exists("status")),
                            List.of("key", "name"),
                            List.of("processed_at"),
                            List.of("state", "status"),
                            OF_MONARCH,
                            false,
                            document -> false,
                            List.of(),
                            HistoryFormat::withoutMonarchsAffixes)),
            Map.entry(
                    Tool.MIGOPY,
                    list("migopy", "migrations", Filters.regex("name", "^[0-9]+_.*\\.py$"), "name", "executed_at")),
            Map.entry(Tool.ALLEY, list("alley", "db_migrations", Filters.exists("filename"), "filename", "date")));

    static HistoryFormat of(Tool tool) {
        return Objects.requireNonNull(ALL.get(tool));
    }

    /** Describes a history whose fields the caller names. */
    static HistoryFormat custom(CustomHistory source) {
        return new HistoryFormat(
                "another tool",
                List.of(source.collection()),
                Filters.exists(source.idField()),
                List.of(source.idField()),
                source.whenField() == null ? List.of() : List.of(source.whenField()),
                List.of(),
                Map.of(),
                false,
                document -> false,
                List.of(),
                HistoryFormat::withoutExtension);
    }

    private static HistoryFormat mongock(String name, String collection, List<String> locks) {
        return new HistoryFormat(
                name,
                List.of(collection),
                Filters.exists("changeId"),
                List.of("changeId"),
                List.of("timestamp"),
                List.of("state"),
                OF_MONGOCK,
                true,
                HistoryFormat::isInternal,
                locks,
                UnaryOperator.identity());
    }

    /** A tool whose entry says by its presence that the migration is applied. */
    private static HistoryFormat list(String name, String collection, Bson sign, String id, String time) {
        return new HistoryFormat(
                name,
                List.of(collection),
                sign,
                List.of(id),
                List.of(time),
                List.of(),
                Map.of(),
                false,
                document -> false,
                List.of(),
                HistoryFormat::withoutExtension);
    }

    /** The work of Mongock and Flamingock on themselves, and the first part of a change, which has its own entry. */
    private static boolean isInternal(BsonDocument entry) {
        return BsonBoolean.TRUE.equals(entry.get("systemChange"))
                || text(entry, "type").equals("BEFORE_EXECUTION")
                || text(entry, "type").equals("MONGOCK_BEFORE")
                || text(entry, "changeLogClass").startsWith("io.mongock.")
                || text(entry, "changeLogClass").startsWith("com.github.cloudyrock.mongock.");
    }

    private static String text(BsonDocument entry, String field) {
        return entry.get(field) instanceof BsonString text ? text.getValue() : "";
    }

    private static String withoutExtension(String file) {
        return file.replaceFirst("\\.(js|mjs|cjs|ts|mts|cts|py)$", "");
    }

    private static String withoutMonarchsAffixes(String key) {
        return withoutExtension(key).replaceFirst("^_", "").replaceFirst("_migration$", "");
    }
}
