package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.bson.Document;

import dev.monarch.backup.BackupSource.Contents;

/** Formats the contents of dumps that are not backups. */
final class DumpTexts {

    private DumpTexts() {}

    /** {@return the format and the databases: {@code a zip file: kennel (3 collections)}} */
    static String summary(Contents contents) {
        return contents.format()
                + (contents.databases().isEmpty()
                        ? " without user collections"
                        : contents.databases().entrySet().stream()
                                .map(database -> database.getKey() + " ("
                                        + Texts.count(database.getValue().size(), "collection") + ")")
                                .collect(Collectors.joining(", ", ": ", "")));
    }

    static List<String> shown(Contents contents) {
        List<String> lines = new ArrayList<>();
        lines.add("Foreign dump " + contents.title() + " (" + contents.format() + ", without a manifest)");
        if (contents.serverVersion() != null) {
            lines.add("Server: " + contents.serverVersion());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("DATABASE", "COLLECTION", "TYPE", "INDEXES"));
        contents.databases()
                .forEach((database, collections) -> collections.forEach(collection -> rows.add(List.of(
                        database,
                        collection.name(),
                        collection.type().wireName(),
                        Integer.toString(collection.indexes().size())))));
        lines.addAll(Texts.table(rows));
        contents.omissions().forEach(omission -> lines.add("Note for a restore: " + omission));
        return lines;
    }

    static Document document(Contents contents) {
        return new Document("name", contents.title())
                .append("foreign", true)
                .append("format", contents.format())
                .append("serverVersion", contents.serverVersion())
                .append(
                        "databases",
                        Report.each(
                                List.copyOf(contents.databases().entrySet()),
                                database -> new Document("name", database.getKey())
                                        .append(
                                                "collections",
                                                Report.each(
                                                        database.getValue(),
                                                        collection -> new Document("name", collection.name())
                                                                .append(
                                                                        "type",
                                                                        collection
                                                                                .type()
                                                                                .wireName())))))
                .append("omissions", ReplacementTexts.omissions(contents.omissions()));
    }
}
