package dev.monarch.backup;

import java.util.List;
import java.util.Set;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.staging.Renames;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.DocumentTransform;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.transfer.CollectionDescription;

/**
 * How the data of a backup changes on the way into the target: a query set selects and masks, then collections are
 * renamed.
 *
 * @param chosen the result of the query set; null without one
 * @param renames the renames
 * @param rules what becomes of the rules that the definitions of collections have for documents
 */
record RestoreChange(@Nullable QuerySetChoice chosen, Renames renames, Rules rules) {

    private static final Set<String> COLLECTION_RULES =
            Set.of("validator", "validationLevel", "validationAction", "expireAfterSeconds");

    private static final Set<String> INDEX_RULES = Set.of("unique", "prepareUnique", "expireAfterSeconds");

    /** Validators, unique indexes and TTL rules. */
    enum Rules {

        /** They apply. */
        KEPT,

        /** They are left out, so that no document is rejected or expires. */
        LEFT_OUT
    }

    /** {@return the change of documents that are only queried: none} */
    static RestoreChange toQuery(String historyCollection) {
        return new RestoreChange(null, new Renames(List.of(), historyCollection), Rules.LEFT_OUT);
    }

    SubsetChoice subset() {
        return chosen instanceof SubsetChoice subset ? subset : SubsetChoice.WHOLE;
    }

    /** {@return the selected collections, with their names in the backup} */
    Catalogue selected(Catalogue contents) {
        Catalogue selected = subset().selected(contents);
        return new Catalogue(selected.database(), selected.collections(), contents.omissions());
    }

    /**
     * Tells whether a server must evaluate the query set: a filter, a reference, or its own reads.
     *
     * @param selected the selected collections, with their names in the backup
     */
    boolean needsServer(Catalogue selected) {
        return selected.collections().stream().anyMatch(collection -> !subset().isWhole(collection.name()));
    }

    /** {@return the collections with their definitions and names in the target} */
    Catalogue defined(Catalogue incoming) {
        return renames.apply(new Catalogue(
                incoming.database(),
                incoming.collections().stream().map(this::withoutRules).toList(),
                incoming.omissions()));
    }

    private CollectionDescription withoutRules(CollectionDescription collection) {
        return rules == Rules.KEPT
                ? collection
                : new CollectionDescription(
                        collection.name(),
                        collection.type(),
                        without(COLLECTION_RULES, collection.options()),
                        collection.indexes().stream()
                                .map(index -> without(INDEX_RULES, index))
                                .toList(),
                        collection.uuid());
    }

    private static BsonDocument without(Set<String> fields, BsonDocument definition) {
        BsonDocument rest = definition.clone();
        rest.keySet().removeAll(fields);
        return rest;
    }

    /**
     * {@return a sink that masks and renames} The caller closes the subset after the transfer.
     *
     * @param incoming the collections to restore, with their names in the backup
     */
    TransferSink into(TransferSink sink, Subset subset, Catalogue incoming) {
        return new TransferSink() {

            @Override
            public void begin(Catalogue catalogue) {
                sink.begin(defined(new Catalogue(
                        catalogue.database(),
                        catalogue.collections().stream()
                                .filter(collection -> incoming.contains(collection.name()))
                                .toList(),
                        catalogue.omissions())));
            }

            @Override
            public CollectionSink collection(CollectionDescription collection) {
                return new MaskingSink(
                        sink.collection(renames.apply(withoutRules(collection))), subset.transform(collection));
            }
        };
    }

    /** {@return the selection with its masks} */
    Subset select(Catalogue contents) {
        return subset().select(contents, (collection, filter, projection, consumer) -> {
            throw new IllegalStateException("A backup cannot be queried");
        });
    }

    /** Masks the documents of one collection. */
    private record MaskingSink(CollectionSink next, DocumentTransform transform) implements CollectionSink {

        @Override
        public void documents(DocumentBatch batch) {
            next.documents(transform.apply(batch));
        }

        @Override
        public void restart() {
            next.restart();
        }

        @Override
        public void end() {
            next.end();
        }
    }
}
