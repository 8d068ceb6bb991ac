package dev.monarch.engine.dump;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.UnicodeForm;
import dev.monarch.engine.archive.ArchivedCollection;
import dev.monarch.engine.archive.UnsupportedArchive;
import dev.monarch.engine.transfer.Namespace;

/** The files of one database, which share a directory of the dump. */
final class DumpDirectory {

    private static final String OPLOG = "oplog";

    private static final String BUCKETS = "system.buckets.";

    private final String path;

    private final Map<String, Files> byStem = new LinkedHashMap<>();

    /** The metadata of collections in dumps of mongodump before 2.4. */
    private Map<String, String> oldIndexes = Map.of();

    DumpDirectory(String path) {
        this.path = path;
    }

    /** The files of one collection. */
    private static final class Files {

        private @Nullable String documents;

        private @Nullable String metadata;

        private String text = "";
    }

    /**
     * A collection and where its documents are.
     *
     * @param collection its description
     * @param documents the path of the file with its documents; null for a view, or if the file is missing
     */
    record Located(ArchivedCollection collection, @Nullable String documents) {

        boolean lacksDocuments() {
            return documents == null && !collection.type().equals("view");
        }
    }

    String path() {
        return path;
    }

    void addDocuments(String stem, String file) {
        Files files = byStem.computeIfAbsent(stem, key -> new Files());
        requireNew(files.documents, file);
        files.documents = file;
    }

    void addMetadata(String stem, String file, String text) {
        Files files = byStem.computeIfAbsent(stem, key -> new Files());
        requireNew(files.metadata, file);
        files.metadata = file;
        files.text = text;
    }

    /** Sets the metadata of collections that have no file with metadata. */
    void addIndexes(Map<String, String> metadataByCollection) {
        oldIndexes = metadataByCollection;
    }

    private static void requireNew(@Nullable String before, String file) {
        if (before != null) {
            throw DamagedArchiveException.inFile(
                    file, 0, "the dump contains the same collection twice, also as '" + before + "'", null);
        }
    }

    /** {@return whether its only file is an oplog: mongodump puts it next to the directories of the databases} */
    boolean isOplog() {
        Files only = byStem.size() == 1 ? byStem.get(OPLOG) : null;
        return only != null && only.metadata == null;
    }

    /** {@return the database that old tools wrote into the indexes; empty if there is none} */
    Optional<String> databaseInIndexes() {
        return byStem.values().stream()
                .filter(files -> files.metadata != null)
                .map(files -> parsed(files, () -> ArchivedCollection.namespaceIn(files.text)))
                .flatMap(Optional::stream)
                .map(Namespace::database)
                .findFirst();
    }

    /** {@return the collections of the directory} */
    List<Located> collections(String database) {
        Map<String, Located> located = new LinkedHashMap<>();
        byStem.forEach((stem, files) -> {
            Namespace namespace = new Namespace(database, name(stem, files));
            ArchivedCollection collection = files.metadata == null
                    ? new ArchivedCollection(namespace, oldIndexes.getOrDefault(namespace.collection(), ""), "")
                    : parsed(files, () -> ArchivedCollection.ofMetadata(namespace, files.text));
            Located before = located.put(namespace.collection(), new Located(collection, files.documents));
            if (before != null) {
                requireNew(before.documents(), String.valueOf(files.documents));
                throw DamagedArchiveException.inFile(
                        path, 0, "the dump contains the collection '" + namespace + "' twice", null);
            }
        });
        return withBuckets(located);
    }

    private String name(String stem, Files files) {
        if (DumpFileName.isShortened(stem)) {
            return wholeName(files);
        }
        String decoded = DumpFileName.decoded(stem);
        if (decoded.equals(stem) && !UnicodeForm.mayDiffer(stem)) {
            return decoded;
        }
        // mongodump 2.4 did not encode names, but wrote them into the indexes.
        return namesInIndexes(files)
                .filter(name -> UnicodeForm.isSame(name, stem))
                .findFirst()
                .orElse(decoded);
    }

    private Stream<String> namesInIndexes(Files files) {
        return files.metadata == null
                ? oldIndexes.keySet().stream()
                : parsed(files, () -> ArchivedCollection.namespaceIn(files.text)).map(Namespace::collection).stream();
    }

    private static String wholeName(Files files) {
        if (files.metadata == null) {
            throw DamagedArchiveException.inFile(
                    String.valueOf(files.documents),
                    0,
                    "its name is shortened, and the dump has no file with its metadata, which contains the name of the"
                            + " collection",
                    null);
        }
        return parsed(files, () -> ArchivedCollection.nameIn(files.text))
                .orElseThrow(() -> DamagedArchiveException.inFile(
                        String.valueOf(files.metadata),
                        0,
                        "its name is shortened, but it does not contain the name of the collection",
                        null));
    }

    /** The documents of a time series are in the file of its buckets, which has no metadata. */
    private List<Located> withBuckets(Map<String, Located> located) {
        List<Located> all = new ArrayList<>();
        located.forEach((name, each) -> {
            Located series = name.startsWith(BUCKETS) ? located.get(name.substring(BUCKETS.length())) : null;
            if (series == null || !isTimeSeries(series)) {
                all.add(isTimeSeries(each) ? series(each, located) : each);
            }
        });
        return all;
    }

    private static boolean isTimeSeries(Located located) {
        return !located.collection().blocks().equals(located.collection().namespace());
    }

    private static Located series(Located series, Map<String, Located> located) {
        Located buckets = located.get(series.collection().blocks().collection());
        if (buckets == null || buckets.documents() == null) {
            return series;
        }
        if (series.documents() != null) {
            throw UnsupportedArchive.toRead(
                    Reason.TIME_SERIES_IN_TWO_FILES,
                    "'" + series.documents() + "' and '" + buckets.documents() + "' both have the documents of the time"
                            + " series '" + series.collection().namespace().collection() + "'");
        }
        return new Located(series.collection(), buckets.documents());
    }

    private static <T> T parsed(Files files, Supplier<T> parsing) {
        try {
            return parsing.get();
        } catch (RuntimeException | StackOverflowError e) {
            throw DamagedArchiveException.inFile(
                    String.valueOf(files.metadata), 0, "its options and indexes cannot be read", e);
        }
    }
}
