package dev.monarch.backup;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.staging.Renames;
import dev.monarch.engine.staging.RenamingSink;
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
 */
record RestoreChange(@Nullable QuerySetChoice chosen, Renames renames) {

    private SubsetChoice subset() {
        return chosen instanceof SubsetChoice subset ? subset : SubsetChoice.WHOLE;
    }

    /** {@return the selected collections, with their names in the backup} */
    Catalogue selected(Catalogue contents) {
        Catalogue selected = subset().selected(contents);
        return new Catalogue(selected.database(), selected.collections(), contents.omissions());
    }

    /** Only a server can evaluate a filter, or follow a reference. */
    void requireWholeCollections(Catalogue selected, String operation, String target) {
        List<String> inPart = selected.collections().stream()
                .map(CollectionDescription::name)
                .filter(name -> !subset().isWhole(name))
                .map(name -> "'" + name + "'")
                .toList();
        if (chosen != null && !inPart.isEmpty()) {
            throw new OperationRefusedException(
                    operation,
                    target,
                    Reason.QUERY_SET_NEEDS_DATABASE,
                    "the query set '" + chosen.querySet() + "' selects documents of " + String.join(", ", inPart)
                            + " by their values, but a backup cannot be queried");
        }
    }

    /**
     * {@return a sink that masks and renames} The caller closes the subset after the transfer.
     *
     * @param incoming the collections to restore, with their names in the backup
     */
    TransferSink into(TransferSink sink, Subset subset, Catalogue incoming) {
        TransferSink renaming = new RenamingSink(renames, sink);
        return new TransferSink() {

            @Override
            public void begin(Catalogue catalogue) {
                renaming.begin(new Catalogue(
                        catalogue.database(),
                        catalogue.collections().stream()
                                .filter(collection ->
                                        incoming.collection(collection.name()).isPresent())
                                .toList(),
                        catalogue.omissions()));
            }

            @Override
            public CollectionSink collection(CollectionDescription collection) {
                return new MaskingSink(renaming.collection(collection), subset.transform(collection));
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
