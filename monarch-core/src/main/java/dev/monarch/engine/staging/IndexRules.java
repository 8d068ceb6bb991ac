package dev.monarch.engine.staging;

import java.util.List;
import java.util.Objects;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;

/**
 * Converts the description of a collection into what a server accepts, by the rules of mongorestore except those that
 * change what an index does.
 */
final class IndexRules {

    private static final BsonDocument SIMPLE = new BsonDocument("locale", new BsonString("simple"));

    private static final int COLLATION_VERSION = 2;

    private IndexRules() {}

    /** {@return the options of {@code create}} */
    static BsonDocument options(CollectionDescription collection) {
        BsonDocument options = collection.options().clone();
        // Servers from 8.2 on reject the first option. The server sets the second one itself.
        options.remove("autoIndexId");
        options.remove("recordIdsReplicated");
        return options;
    }

    /** Returns the indexes to build, without the one of {@code _id}, which always exists. */
    static List<BsonDocument> toBuild(CollectionDescription collection) {
        boolean collated = !simple(collection.options().get("collation"));
        return collection.indexes().stream()
                .filter(index -> !isDefault(index) && !index.containsKey("clustered"))
                .map(index -> cleaned(index, collated))
                .toList();
    }

    private static BsonDocument cleaned(BsonDocument index, boolean collated) {
        BsonDocument cleaned = index.clone();
        boolean old = index.get("v") instanceof BsonNumber version && version.intValue() < COLLATION_VERSION;
        cleaned.remove("v");
        cleaned.remove("ns");
        if (collated && !index.containsKey("collation")) {
            // Without its own collation it would inherit the one of the collection.
            cleaned.append("collation", SIMPLE);
        } else if (old && simple(index.get("collation"))) {
            cleaned.remove("collation");
        }
        if (index.getDocument("key").containsValue(new BsonString("2dsphere"))
                && !index.containsKey("2dsphereIndexVersion")) {
            cleaned.append("2dsphereIndexVersion", new BsonInt32(1));
        }
        return cleaned;
    }

    /**
     * Tells whether this is the index of {@code _id} that every collection has, in any form that old servers wrote.
     */
    static boolean isDefault(BsonDocument index) {
        BsonDocument key = index.getDocument("key");
        return key.size() == 1
                && LegacyIndexKey.converted(key).get("_id") instanceof BsonNumber direction
                && direction.intValue() == 1
                && !(index.get("partialFilterExpression") instanceof BsonDocument);
    }

    /** Tells whether strings are compared byte by byte, as without a collation. */
    static boolean simple(@Nullable BsonValue collation) {
        return collation == null
                || collation.isNull()
                || Objects.equals(collation.asDocument().get("locale"), new BsonString("simple"));
    }
}
