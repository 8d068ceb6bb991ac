package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

import dev.monarch.Fact;
import dev.monarch.replacement.LoadOptions.IndexChoice;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.Omission;

/**
 * A collection of a source, without the options and indexes that current servers reject.
 *
 * @param collection the description of the collection to load
 * @param omissions the options and indexes that are left out
 * @param lostIndexes those omissions that are requested indexes without a replacement
 * @param problems the indexes that servers cannot build, as clauses
 */
record AcceptedCollection(
        CollectionDescription collection, List<Omission> omissions, List<Omission> lostIndexes, List<Fact> problems) {

    /** The options of the command {@code create}, including those that only servers before 3.6, 6.0 and 7.0 have. */
    private static final Set<String> OPTIONS = Set.of(
            "capped",
            "size",
            "max",
            "autoIndexId",
            "storageEngine",
            "validator",
            "validationLevel",
            "validationAction",
            "indexOptionDefaults",
            "viewOn",
            "pipeline",
            "collation",
            "timeseries",
            "expireAfterSeconds",
            "clusteredIndex",
            "recordPreImages",
            "changeStreamPreAndPostImages",
            "encryptedFields",
            "recordIdsReplicated");

    private static final Set<String> CAPPED_ONLY = Set.of("size", "max");

    /** Removes from a collection what current servers reject. */
    static AcceptedCollection of(CollectionDescription collection, IndexChoice choice) {
        List<Omission> omissions = new ArrayList<>();
        BsonDocument options = options(collection, omissions);
        AcceptedIndexes indexes = new AcceptedIndexes(collection, choice, omissions);
        List<BsonDocument> accepted =
                collection.type() == CollectionType.VIEW ? collection.indexes() : indexes.accepted();
        return new AcceptedCollection(
                new CollectionDescription(collection.name(), collection.type(), options, accepted, collection.uuid()),
                omissions,
                indexes.lost(),
                indexes.problems());
    }

    private static BsonDocument options(CollectionDescription collection, List<Omission> omissions) {
        BsonDocument options = new BsonDocument();
        for (Map.Entry<String, BsonValue> option : collection.options().entrySet()) {
            String name = option.getKey();
            if (option.getValue().isNull()) {
                continue;
            }
            if (!OPTIONS.contains(name)) {
                omissions.add(omission(collection, name, "servers have no such option"));
            } else if (CAPPED_ONLY.contains(name) && !collection.isOrdered()) {
                omissions.add(omission(collection, name, "the collection is not capped"));
            } else {
                // Old shells wrote numbers instead of booleans.
                options.put(
                        name, name.equals("capped") ? BsonBoolean.valueOf(collection.isOrdered()) : option.getValue());
            }
        }
        return options;
    }

    private static Omission omission(CollectionDescription collection, String option, String reason) {
        return new Omission("Option '" + option + "' of '" + collection.name() + "'", reason);
    }
}
