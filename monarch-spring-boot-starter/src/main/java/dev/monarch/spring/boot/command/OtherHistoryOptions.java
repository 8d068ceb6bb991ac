package dev.monarch.spring.boot.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.migration.HistoryImport;
import dev.monarch.migration.HistoryImport.CustomHistory;
import dev.monarch.migration.HistoryImport.HistorySource;
import dev.monarch.migration.HistoryImport.Tool;
import dev.monarch.migration.HistoryImport.ToolHistory;
import dev.monarch.spring.boot.advice.ExitCode;

/** The options that say where the history of another tool is, and how its ids map to those of migrations here. */
final class OtherHistoryOptions {

    @Option(
            names = "--from",
            paramLabel = "KIND",
            converter = Kind.class,
            completionCandidates = Kinds.class,
            description =
                    "The tool: mongock, flamingock, mongobee, migrate-mongo, monarch (in Python), migopy or alley."
                            + " Default: the one whose history the database has.")
    private @Nullable Tool tool;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "The collection of the history. Default: the tool's own.")
    private @Nullable String collection;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "The database of the history. Default: the environment's.")
    private @Nullable String database;

    @Option(
            names = "--id-field",
            paramLabel = "FIELD",
            description = "For any other tool: the field with the id. Needs --collection.")
    private @Nullable String idField;

    @Option(names = "--when-field", paramLabel = "FIELD", description = "For any other tool: the field with the time.")
    private @Nullable String whenField;

    @Option(
            names = "--applied-if",
            paramLabel = "JSON",
            converter = Query.class,
            description =
                    "For any other tool: a query for the documents that say that a migration is applied. Default: all.")
    private Query.@Nullable Condition appliedIf;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "A file with a line 'OTHER-ID: ID' for each id that differs. 'OTHER-ID:' ignores the entry.")
    private @Nullable Path mapping;

    @Option(names = "--skip-unknown", description = "Ignore entries that are not migrations of this application.")
    private boolean skipUnknown;

    HistoryImport request() {
        Map<String, String> ids = mapping == null ? Map.of() : MappingFile.read(mapping);
        HistoryImport request =
                (isDetected() ? HistoryImport.ofOnlyHistory() : HistoryImport.from(source())).mapping(ids);
        return skipUnknown ? request.skippingUnknown() : request;
    }

    private boolean isDetected() {
        return tool == null
                && collection == null
                && database == null
                && idField == null
                && whenField == null
                && appliedIf == null;
    }

    private HistorySource source() {
        Tool named = tool;
        if (named != null) {
            require(
                    idField == null && whenField == null && appliedIf == null,
                    "--id-field, --when-field and --applied-if describe the history of a tool that Monarch does not"
                            + " know: omit --from.");
            return new ToolHistory(named, collection, database);
        }
        String name = collection;
        String id = idField;
        if (name == null || id == null) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "Say whose history it is with --from, or describe it with --collection and --id-field.");
        }
        return new CustomHistory(name, id, whenField, appliedIf == null ? null : appliedIf.query(), database);
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new CommandException(ExitCode.WRONG_USE, message);
        }
    }

    private static String word(Tool tool) {
        return tool.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words for the tools. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Tool.values())
                    .map(OtherHistoryOptions::word)
                    .toList()
                    .iterator();
        }
    }

    /** Parses the word for a tool. */
    static final class Kind implements ITypeConverter<Tool> {
        @Override
        public Tool convert(String text) {
            return Arrays.stream(Tool.values())
                    .filter(tool -> word(tool).equalsIgnoreCase(text.replace('_', '-')))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is not one of " + String.join(", ", words())));
        }

        private static List<String> words() {
            return Arrays.stream(Tool.values()).map(OtherHistoryOptions::word).toList();
        }
    }

    /** Parses a query. */
    static final class Query implements ITypeConverter<Query.Condition> {

        /** picocli would take a document for a map of options. */
        record Condition(BsonDocument query) {}

        @Override
        public Condition convert(String text) {
            try {
                // Not every shell removes the quotes.
                return new Condition(BsonDocument.parse(text.replaceFirst("^'(.*)'$", "$1")));
            } catch (JsonParseException | BsonInvalidOperationException e) {
                throw new TypeConversionException("'" + text + "' is not a query, for example {state: \"EXECUTED\"}");
            }
        }
    }
}
