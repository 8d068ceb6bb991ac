package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A collection at either end of a reference, and the ids of its selected documents found so far. */
final class LinkedCollection {

    private record OutgoingReference(QueriedField field, PendingValues values) {}

    private final String name;

    private final @Nullable SeenValues seen;

    private final @Nullable ValueSpool ids;

    private final List<OutgoingReference> outgoing = new ArrayList<>();

    private LinkedCollection(String name, @Nullable SeenValues seen, @Nullable ValueSpool ids) {
        this.name = name;
        this.seen = seen;
        this.ids = ids;
    }

    /** {@return a collection whose documents are selected by a filter} */
    static LinkedCollection byFilter(String name) {
        return new LinkedCollection(name, null, null);
    }

    /** {@return a collection whose documents are found one by one, so that their ids are stored} */
    static LinkedCollection byIds(String name, ScratchFiles files) {
        return new LinkedCollection(name, new SeenValues(files), new ValueSpool(files));
    }

    String name() {
        return name;
    }

    @Nullable
    ValueSpool ids() {
        return ids;
    }

    void addOutgoing(QueriedField field, PendingValues values) {
        outgoing.add(new OutgoingReference(field, values));
    }

    BsonDocument projection() {
        return QueriedField.projection(
                ids != null, outgoing.stream().map(OutgoingReference::field).toList());
    }

    /** Adds a selected document. It may have been added before. */
    void add(BsonDocument document) {
        if (ids != null && seen != null) {
            BsonValue id = document.get("_id");
            if (id == null || !seen.add(id)) {
                return;
            }
            ids.add(id);
        }
        outgoing.forEach(reference -> reference.field().forEachValue(document, reference.values()::add));
    }
}
