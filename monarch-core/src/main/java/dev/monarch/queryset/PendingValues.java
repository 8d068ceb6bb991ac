package dev.monarch.queryset;

import java.util.List;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** The values to search in one field of a collection, without duplicates. */
final class PendingValues {

    private final LinkedCollection collection;

    private final QueriedField field;

    private final SeenValues seen;

    private final ValueSpool values;

    private final ValueSpool.Reader reader;

    PendingValues(LinkedCollection collection, QueriedField field, ScratchFiles files) {
        this.collection = collection;
        this.field = field;
        this.seen = new SeenValues(files);
        this.values = new ValueSpool(files);
        this.reader = values.reader();
    }

    LinkedCollection collection() {
        return collection;
    }

    void add(BsonValue value) {
        if (seen.add(value)) {
            values.add(value);
        }
    }

    /** Removes and returns the next values. Returns an empty list if none are pending. */
    List<BsonValue> next(ChunkLimits limits) {
        values.flush();
        return reader.next(limits);
    }

    BsonDocument filter(List<BsonValue> chunk) {
        return in(field.toString(), chunk);
    }

    static BsonDocument in(String field, List<BsonValue> values) {
        return new BsonDocument(field, new BsonDocument("$in", new BsonArray(values)));
    }
}
