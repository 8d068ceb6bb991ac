package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.bson.Document;

import dev.monarch.backup.BackupReport;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/** Formats the descriptions of backups. */
final class BackupTexts {

    private BackupTexts() {}

    static List<String> taken(BackupReport report) {
        Manifest manifest = report.manifest();
        List<String> lines = new ArrayList<>();
        lines.add("Backed up '" + manifest.source().environment() + "' as " + manifest.name() + ": "
                + Texts.count(manifest.collections().size(), "collection") + ", "
                + Texts.count(manifest.documents(), "document") + ", " + Texts.size(manifest.bytes()) + " in "
                + Texts.size(manifest.archive().length()) + ", in " + Texts.duration(report.elapsed()) + ".");
        lines.addAll(consistency(manifest));
        lines.addAll(Limits.lines(report.limitedBy()));
        return lines;
    }

    private static List<String> consistency(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        lines.add("Consistency: " + manifest.reading().achieved() + ".");
        manifest.reading().reasons().forEach(reason -> lines.add("  - " + reason));
        manifest.reading().warnings().forEach(warning -> lines.add("  - " + warning));
        return lines;
    }

    static List<String> shown(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        lines.add("Backup " + manifest.name());
        lines.add("Source: environment '" + manifest.source().environment() + "', database '"
                + manifest.source().database() + "'" + (manifest.isPartial() ? " (partial)" : ""));
        Manifest.Part part = manifest.scope().part();
        if (part != null) {
            lines.add("Query set: " + part.querySet() + parameters(part));
            part.masked()
                    .forEach(field -> lines.add("  masked: " + field.collection()
                            + (field.path().isEmpty() ? "" : "." + field.path()) + ", by " + field.masker()));
        }
        lines.add("Server: " + manifest.source().server().version() + ", "
                + manifest.source().server().topology());
        lines.add("Taken: " + Texts.time(manifest.origin().started()) + " to "
                + Texts.time(manifest.origin().ended()));
        lines.addAll(consistency(manifest));
        lines.add("Stored: " + Texts.size(manifest.archive().length()) + ", "
                + manifest.archive().compression() + ", SHA-256 "
                + manifest.archive().sha256());
        lines.addAll(Texts.table(rows(manifest)));
        return lines;
    }

    private static List<List<String>> rows(Manifest manifest) {
        boolean sharded = !manifest.shardKeys().isEmpty();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(List.of("COLLECTION", "TYPE", "DOCUMENTS", "SIZE", "INDEXES"), sharded, "SHARD KEY"));
        for (BackedUpCollection collection : manifest.collections()) {
            List<String> cells = List.of(
                    collection.name(),
                    collection.description().type().wireName(),
                    Long.toString(collection.totals().documents()),
                    Texts.size(collection.totals().bytes()),
                    Integer.toString(collection.description().indexes().size()));
            ShardKey key = collection.shardKey();
            rows.add(row(cells, sharded, key == null ? "" : key.toString()));
        }
        return rows;
    }

    /** Most databases are not sharded, so this column is optional. */
    private static List<String> row(List<String> cells, boolean sharded, String shardKey) {
        List<String> row = new ArrayList<>(cells);
        if (sharded) {
            row.add(shardKey);
        }
        return row;
    }

    private static String parameters(Manifest.Part part) {
        return new TreeMap<>(part.parameters())
                .entrySet().stream()
                        .map(given -> " -p " + given.getKey() + "=" + given.getValue())
                        .collect(Collectors.joining());
    }

    static Document document(BackupReport report) {
        return document(report.manifest())
                .append("limitedBy", Limits.documents(report.limitedBy()))
                .append("tookMillis", report.elapsed().toMillis());
    }

    static Document document(Manifest manifest) {
        Manifest.Part part = manifest.scope().part();
        Document document = withoutPart(manifest);
        return part == null
                ? document
                : document.append(
                        "querySet",
                        new Document("name", part.querySet())
                                .append("parameters", new TreeMap<>(part.parameters()))
                                .append(
                                        "masked",
                                        Report.each(
                                                part.masked(),
                                                field -> new Document("collection", field.collection())
                                                        .append("path", field.path())
                                                        .append("masker", field.masker()))));
    }

    private static Document withoutPart(Manifest manifest) {
        return new Document("name", manifest.name())
                .append("environment", manifest.source().environment())
                .append("database", manifest.source().database())
                .append("started", manifest.origin().started().toString())
                .append("ended", manifest.origin().ended().toString())
                .append("serverVersion", manifest.source().server().version())
                .append("topology", manifest.source().server().topology())
                .append("consistency", manifest.reading().achieved().toString())
                .append("reasons", manifest.reading().reasons())
                .append("warnings", manifest.reading().warnings())
                .append("partial", manifest.isPartial())
                .append("compression", manifest.archive().compression())
                .append("documents", manifest.documents())
                .append("bytes", manifest.bytes())
                .append("storedBytes", manifest.archive().length())
                .append("sha256", manifest.archive().sha256())
                .append("collections", Report.each(manifest.collections(), BackupTexts::document));
    }

    private static Document document(BackedUpCollection collection) {
        Document document = new Document("name", collection.name())
                .append("type", collection.description().type().wireName())
                .append("documents", collection.totals().documents())
                .append("bytes", collection.totals().bytes());
        ShardKey key = collection.shardKey();
        return key == null
                ? document
                : document.append("shardKey", new Document("key", key.key()).append("unique", key.unique()));
    }
}
