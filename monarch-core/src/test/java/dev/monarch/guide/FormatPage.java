package dev.monarch.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

import static org.assertj.core.api.Assertions.assertThat;

/** A section of docs/format.md: its samples, and the fields of its tables. */
public final class FormatPage {

    private static final Map<BsonType, String> TYPES = Map.of(
            BsonType.STRING, "string",
            BsonType.INT32, "int",
            BsonType.INT64, "long",
            BsonType.DOUBLE, "double",
            BsonType.BOOLEAN, "bool",
            BsonType.DOCUMENT, "document",
            BsonType.ARRAY, "array",
            BsonType.BINARY, "UUID",
            BsonType.DATE_TIME, "date",
            BsonType.NULL, "null");

    private final String text;

    /**
     * A row of a table of fields.
     *
     * @param types the possible types of the value
     * @param present when the field exists
     */
    public record Field(List<String> types, String present) {}

    private FormatPage(String text) {
        this.text = text;
    }

    /**
     * Finds a section.
     *
     * @param title its exact title
     */
    public static FormatPage section(String title) {
        String page;
        try {
            page = Files.readString(Path.of("../docs/format.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.stream(page.split("(?m)^##+ "))
                .filter(section -> section.startsWith(title + "\n"))
                .findFirst()
                .map(FormatPage::new)
                .orElseThrow(() -> new AssertionError("docs/format.md has no section '" + title + "'"));
    }

    /** Returns the blocks of a language. */
    public List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Returns the samples, which are Extended JSON. */
    public List<BsonDocument> samples() {
        return blocks("json").stream().map(BsonDocument::parse).toList();
    }

    /**
     * Returns the fields of a table, in its order.
     *
     * @param header the first cell of the table's header
     */
    public Map<String, Field> fields(String header) {
        Map<String, Field> fields = new LinkedHashMap<>();
        text.lines()
                .dropWhile(line -> !line.startsWith("| " + header + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" *\\| *"))
                .forEach(cells -> fields.put(
                        cells[1].replace("`", ""),
                        new Field(List.of(cells[2].split(" or ")), cells.length > 3 ? cells[3] : "")));
        assertThat(fields).as(header).isNotEmpty();
        return fields;
    }

    /**
     * Returns the first cells of a table.
     *
     * @param header the first cell of the table's header
     */
    public List<String> words(String header) {
        return List.copyOf(fields(header).keySet());
    }

    /**
     * Compares a table with the fields that were found, in both directions.
     *
     * @param fields the table
     * @param found the types of the found fields, by their paths
     * @param absent whether the field of a row cannot exist here
     */
    public static void assertSame(
            Map<String, Field> fields, Map<String, Set<BsonType>> found, Predicate<Field> absent) {
        found.forEach((path, types) -> {
            assertThat(fields).as("the page has the field").containsKey(path);
            List<String> said = fields.get(path).types();
            assertThat(types.stream().map(type -> TYPES.getOrDefault(type, type.toString())))
                    .as(path)
                    .allMatch(type -> said.contains("any") || said.contains(type));
        });
        assertThat(found.keySet())
                .as("fields that are on the page but never written")
                .containsAll(fields.keySet().stream()
                        .filter(path -> !absent.test(fields.get(path)))
                        .toList());
    }

    /** Finds the fields in whole documents. Only documents in fields of the table are traversed. */
    public static Map<String, Set<BsonType>> paths(Map<String, Field> fields, Iterable<BsonDocument> documents) {
        Set<String> open = fields.keySet().stream()
                .filter(path -> path.contains("."))
                .map(path -> path.substring(0, path.lastIndexOf('.')))
                .collect(Collectors.toSet());
        Map<String, Set<BsonType>> paths = new TreeMap<>();
        documents.forEach(document -> add("", document, open, paths));
        return paths;
    }

    private static void add(String path, BsonValue value, Set<String> open, Map<String, Set<BsonType>> paths) {
        if (value instanceof BsonDocument document) {
            document.forEach((name, each) -> {
                String field = path.isEmpty() ? name : path + "." + name;
                paths.computeIfAbsent(field, key -> new TreeSet<>()).add(each.getBsonType());
                if (open.contains(field)) {
                    add(field, each, open, paths);
                }
            });
        } else if (value instanceof BsonArray array) {
            array.forEach(each -> add(path, each, open, paths));
        }
    }

    /** Tells whether a field needs a capability that a server lacks. */
    public static Predicate<Field> without(String... features) {
        return field -> Arrays.stream(features)
                .anyMatch(feature -> (" " + field.present().toLowerCase(Locale.ROOT) + " ")
                        .replaceAll("[^a-z ]", " ")
                        .contains(" " + feature.toLowerCase(Locale.ROOT) + " "));
    }
}
