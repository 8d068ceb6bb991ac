package dev.monarch.test;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;

/**
 * A database in memory that finds a document by its {@code _id}, even if the query has more conditions. Its parent looks at
 * each document then. The results are the same.
 */
final class IndexedDatabase extends MemoryDatabase {

    IndexedDatabase(String name, CursorRegistry cursors) {
        super(name, cursors);
    }

    @Override
    protected Index<Integer> openOrCreateUniqueIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        return new UniqueIndex(index, keys, sparse);
    }

    /** The collection checks each document that this finds for the whole query. */
    private static final class UniqueIndex extends MemoryUniqueIndex {

        UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
            super(name, keys, sparse);
        }

        @Override
        public boolean canHandle(Document query) {
            return super.canHandle(query) || super.canHandle(onlyId(query));
        }

        @Override
        public Iterable<Integer> getPositions(Document query) {
            return super.getPositions(super.canHandle(query) ? query : onlyId(query));
        }

        /** Returns the condition that the query has for {@code _id}, or an empty document. */
        private static Document onlyId(Document query) {
            return Stream.concat(Stream.of(query), conditions(query))
                    .map(condition -> condition.get("_id"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(id -> new Document("_id", id))
                    .orElseGet(Document::new);
        }

        private static Stream<Document> conditions(Document query) {
            return query.get("$and") instanceof List<?> all
                    ? all.stream().filter(Document.class::isInstance).map(Document.class::cast)
                    : Stream.empty();
        }
    }
}
