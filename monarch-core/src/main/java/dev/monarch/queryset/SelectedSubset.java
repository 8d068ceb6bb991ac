package dev.monarch.queryset;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.bson.BsonDocument;

import dev.monarch.engine.transfer.DocumentTransform;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.transfer.CollectionDescription;

/** The documents that a query set selects: by filters, and by the ids that the reference walk found. */
final class SelectedSubset implements Subset {

    private final SubsetRules subsetRules;

    private final Map<String, ValueSpool> followed;

    private final Function<CollectionDescription, DocumentTransform> transforms;

    private final ChunkLimits limits;

    private final ScratchFiles files;

    SelectedSubset(
            SubsetRules subsetRules,
            Map<String, ValueSpool> followed,
            Function<CollectionDescription, DocumentTransform> transforms,
            ChunkLimits limits,
            ScratchFiles files) {
        this.subsetRules = subsetRules;
        this.followed = followed;
        this.transforms = transforms;
        this.limits = limits;
        this.files = files;
    }

    @Override
    public Iterable<BsonDocument> filters(String collection) {
        ValueSpool ids = followed.get(collection);
        return ids != null
                ? () -> idFilters(ids)
                : subsetRules.filter(collection).stream().toList();
    }

    private Iterator<BsonDocument> idFilters(ValueSpool ids) {
        ValueSpool.Reader reader = ids.reader();
        return Stream.generate(() -> reader.next(limits))
                .takeWhile(chunk -> !chunk.isEmpty())
                .map(chunk -> PendingValues.in("_id", chunk))
                .iterator();
    }

    @Override
    public DocumentTransform transform(CollectionDescription collection) {
        return transforms.apply(collection);
    }

    @Override
    public void close() {
        files.close();
    }
}
