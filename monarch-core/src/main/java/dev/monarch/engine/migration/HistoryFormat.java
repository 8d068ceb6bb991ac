package dev.monarch.engine.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

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
 * @param place where the history is
 * @param fields the fields of an entry
 * @param states what the state of an entry means
 * @param internal recognizes entries of the tool's own work
 * @param shortened shortens an id to the name of the migration
 */
record HistoryFormat(
        String name,
        Place place,
        Fields fields,
        States states,
        Predicate<BsonDocument> internal,
        UnaryOperator<String> shortened) {

    /**
     * Where a tool keeps its history.
     *
     * @param collections its collection, with the names of other versions
     * @param sign recognizes an entry, in a collection whose name others may use, too
     * @param locks the collections of the tool's lock
     */
    record Place(List<String> collections, Bson sign, List<String> locks) {

        static Place of(String collection, Bson sign) {
            return new Place(List.of(collection), sign, List.of());
        }
    }

    /**
     * The fields of an entry, each with the names of other versions.
     *
     * @param ids the field of the id
     * @param times the field of the time
     * @param states the field of the state; an entry without one is applied
     */
    record Fields(List<String> ids, List<String> times, List<String> states) {}

    /**
     * What states mean.
     *
     * @param meanings the meaning of each state, in upper case
     * @param appliedCounts whether a later failure does not count once the migration is applied
     */
    record States(Map<String, OtherState> meanings, boolean appliedCounts) {

        /** An entry says by its presence that the migration is applied. */
        static final States NONE = new States(Map.of(), false);
    }

    /**
     * States of entries that say nothing. {@code trackIgnored} of Mongock writes the first for a change that is applied
     * already. The Python tool monarch writes the second when it shows a migration, also in addition to another one.
     */
    static final Set<String> SAY_NOTHING = Set.of("IGNORED", "NEW");

    /** Flamingock takes over the entries of Mongock, and writes an entry about that. */
    private static final Pattern OF_THE_TOOL = Pattern.compile("system-change-\\d+(_before)?|migration-from-mongock");

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
            "PROCESSING", OtherState.STARTED,
            "COMPLETED", OtherState.APPLIED,
            "FAILED", OtherState.FAILED);

    private static final Map<Tool, HistoryFormat> ALL = Map.ofEntries(
            Map.entry(Tool.MONGOCK, mongock("Mongock", "mongockChangeLog", List.of("mongockLock"))),
            Map.entry(Tool.MONGOBEE, mongock("Mongobee", "dbchangelog", List.of("mongobeelock"))),
            Map.entry(
                    Tool.FLAMINGOCK,
                    new HistoryFormat(
                            "Flamingock",
                            new Place(
                                    List.of("flamingockAuditLog", "flamingockAuditLogs"),
                                    Filters.or(Filters.exists("changeId"), Filters.exists("taskId")),
                                    List.of("flamingockLock", "flamingockLocks")),
                            new Fields(
                                    List.of("changeId", "taskId"), List.of("createdAt", "timestamp"), List.of("state")),
                            new States(OF_FLAMINGOCK, false),
                            HistoryFormat::isInternal,
                            UnaryOperator.identity())),
            Map.entry(
                    Tool.MIGRATE_MONGO,
                    list(
                            "migrate-mongo",
                            new Place(
                                    List.of("changelog"),
                                    Filters.and(Filters.exists("fileName"), Filters.exists("appliedAt")),
                                    List.of("changelog_lock")),
                            "fileName",
                            "appliedAt")),
            Map.entry(
                    Tool.MONARCH,
                    new HistoryFormat(
                            "the Python tool monarch",
                            new Place(
                                    List.of("mongo_migration_history", "migrations"),
                                    Filters.or(
                                            Filters.and(Filters.exists("key"), Filters.exists("state")),
                                            Filters.exists("status")),
                                    List.of()),
                            new Fields(List.of("key", "name"), List.of("processed_at"), List.of("state", "status")),
                            new States(OF_MONARCH, false),
                            document -> false,
                            HistoryFormat::withoutMonarchsAffixes)),
            Map.entry(
                    Tool.MIGOPY,
                    list(
                            "migopy",
                            Place.of("migrations", Filters.regex("name", "^[0-9]+_.*\\.py$")),
                            "name",
                            "executed_at")),
            Map.entry(
                    Tool.ALLEY,
                    list("alley", Place.of("db_migrations", Filters.exists("filename")), "filename", "date")));

    static HistoryFormat of(Tool tool) {
        return Objects.requireNonNull(ALL.get(tool));
    }

    /** Describes a history whose fields the caller names. */
    static HistoryFormat custom(CustomHistory source) {
        return new HistoryFormat(
                "another tool",
                Place.of(source.collection(), Filters.exists(source.idField())),
                new Fields(
                        List.of(source.idField()),
                        source.whenField() == null ? List.of() : List.of(source.whenField()),
                        List.of()),
                States.NONE,
                document -> false,
                HistoryFormat::withoutExtension);
    }

    private static HistoryFormat mongock(String name, String collection, List<String> locks) {
        return new HistoryFormat(
                name,
                new Place(List.of(collection), Filters.exists("changeId"), locks),
                new Fields(List.of("changeId"), List.of("timestamp"), List.of("state")),
                new States(OF_MONGOCK, true),
                HistoryFormat::isInternal,
                UnaryOperator.identity());
    }

    /** A tool whose entry says by its presence that the migration is applied. */
    private static HistoryFormat list(String name, Place place, String id, String time) {
        return new HistoryFormat(
                name,
                place,
                new Fields(List.of(id), List.of(time), List.of()),
                States.NONE,
                document -> false,
                HistoryFormat::withoutExtension);
    }

    /** The work of Mongock and Flamingock on themselves, and the first part of a change, which has its own entry. */
    private static boolean isInternal(BsonDocument entry) {
        return BsonBoolean.TRUE.equals(entry.get("systemChange"))
                || text(entry, "stageId").equals("flamingock-system-stage")
                || OF_THE_TOOL.matcher(text(entry, "changeId")).matches()
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
