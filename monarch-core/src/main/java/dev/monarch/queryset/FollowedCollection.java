package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A collection that references lead from or to, and what is known so far of its documents that are taken. */
final class FollowedCollection {

    private record Leaving(QueriedField field, PendingValues values) {}

    private final String name;

    private final @Nullable SeenValues seen;

    private final @Nullable ValueSpool ids;

    private final List<Leaving> leaving = new ArrayList<>();

    private FollowedCollection(String name, @Nullable SeenValues seen, @Nullable ValueSpool ids) {
        this.name = name;
        this.seen = seen;
        this.ids = ids;
    }

    /** A collection whose documents are known by a filter. */
    static FollowedCollection byFilter(String name) {
        return new FollowedCollection(name, null, null);
    }

    /** A collection whose documents are found one by one, so that their ids have to be kept. */
    static FollowedCollection byIds(String name, ScratchFiles files) {
        return new FollowedCollection(name, new SeenValues(files), new ValueSpool(files));
    }

    String name() {
        return name;
    }

    @Nullable
    ValueSpool ids() {
        return ids;
    }

    void leaves(QueriedField field, PendingValues values) {
        leaving.add(new Leaving(field, values));
    }

    BsonDocument projection() {
        return QueriedField.projection(
                ids != null, leaving.stream().map(Leaving::field).toList());
    }

    /** Takes a document, which may have been taken before. */
    void take(BsonDocument document) {
        if (ids != null && seen != null) {
            BsonValue id = document.get("_id");
            if (id == null || !seen.add(id)) {
                return;
            }
            ids.add(id);
        }
        leaving.forEach(reference -> reference.field().forEachValue(document, reference.values()::add));
    }
}
