package dev.monarch.engine.version;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Sha256;

/**
 * The fields of a stored document that only older versions have, and a fingerprint of their values for each version, by which
 * a later reader sees whether an instance of that version has changed them. Format: {@code docs/format.md}, "Document
 * versions".
 *
 * @param levels the fields for each older version
 */
record KeptFields(SortedMap<Integer, Level> levels) {

    private static final String FIELDS = "fields";

    private static final String FINGERPRINT = "fingerprint";

    static final KeptFields NONE = new KeptFields(new TreeMap<>());

    /** The fields that one older version has, and neither the newest version nor one in between. */
    record Level(List<FieldPath> paths, long fingerprint) {

        static Level of(Document stored, List<FieldPath> paths) {
            return new Level(List.copyOf(paths), fingerprint(stored, paths));
        }

        boolean isChangedIn(Document stored) {
            return fingerprint(stored, paths) != fingerprint;
        }

        private static long fingerprint(Document stored, List<FieldPath> paths) {
            byte[] values = Shapes.bytes(paths.stream().map(path -> field(stored, path)));
            return ByteBuffer.wrap(Sha256.begin().digest(values)).getLong();
        }

        private static Document field(Document stored, FieldPath path) {
            Document field = new Document("path", path.names());
            return path.isIn(stored) ? field.append("value", path.valueIn(stored)) : field;
        }
    }

    /** Reads what {@link #stored} returned. What is not readable counts as nothing kept. */
    static KeptFields read(@Nullable Object stored) {
        if (!(stored instanceof Document versions)) {
            return NONE;
        }
        SortedMap<Integer, Level> levels = new TreeMap<>();
        versions.forEach((version, level) -> {
            if (version.matches("[1-9]\\d{0,8}")
                    && level instanceof Document found
                    && found.get(FIELDS) instanceof List<?> fields
                    && found.get(FINGERPRINT) instanceof Number fingerprint) {
                levels.put(Integer.valueOf(version), new Level(paths(fields), fingerprint.longValue()));
            }
        });
        return new KeptFields(levels);
    }

    private static List<FieldPath> paths(List<?> fields) {
        return fields.stream()
                .map(FieldPath::read)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    Document stored() {
        Document stored = new Document();
        levels.forEach((version, level) -> stored.append(
                String.valueOf(version),
                new Document(
                                FIELDS,
                                level.paths().stream().map(FieldPath::stored).toList())
                        .append(FINGERPRINT, level.fingerprint())));
        return stored;
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    /** {@return the oldest version whose fields have other values than when they were written, or the given version} */
    int oldestChange(Document stored, int otherwise) {
        return levels.entrySet().stream()
                .filter(level -> level.getKey() < otherwise && level.getValue().isChangedIn(stored))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(otherwise);
    }

    boolean cover(FieldPath path) {
        return all().anyMatch(path::overlaps);
    }

    void removeFrom(Document document) {
        all().forEach(path -> path.removeFrom(document));
    }

    KeptFields before(int version) {
        return new KeptFields(new TreeMap<>(levels.headMap(version)));
    }

    private Stream<FieldPath> all() {
        return levels.values().stream().flatMap(level -> level.paths().stream());
    }

    /** Adds the fields of older shapes to a document, the newest of those shapes first. */
    static final class Collector {

        private final Document document;

        private final SortedMap<Integer, Level> levels = new TreeMap<>();

        Collector(Document document) {
            this.document = document;
        }

        /**
         * Adds the fields that only this shape has.
         *
         * @return the fields that both have, with different values
         */
        List<FieldPath> add(int version, Document shape) {
            List<FieldPath> added = new ArrayList<>(Shapes.missing(shape, document));
            added.forEach(path -> path.put(document, path.valueIn(shape)));
            if (!added.isEmpty()) {
                levels.put(version, Level.of(document, added));
            }
            return Shapes.different(shape, document);
        }

        /** Adds fields with the values that another document has. */
        void keep(int version, List<FieldPath> paths, Document values) {
            List<FieldPath> added = paths.stream()
                    .filter(path -> path.isIn(values) && !path.isIn(document))
                    .toList();
            added.forEach(path -> path.put(document, path.valueIn(values)));
            if (!added.isEmpty()) {
                levels.put(version, Level.of(document, added));
            }
        }

        KeptFields kept() {
            return new KeptFields(levels);
        }
    }
}
