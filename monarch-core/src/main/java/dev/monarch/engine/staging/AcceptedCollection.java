package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

import dev.monarch.Fact;
import dev.monarch.replacement.ReplacementRequest.IndexChoice;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.Omission;

/**
 * A collection as current servers take it.
 *
 * @param collection its description, without what servers do not take
 * @param omissions what of its options and indexes is left out
 * @param lostIndexes which of them are indexes that are wanted and have no successor
 * @param problems which of its indexes servers do not build, as clauses
 */
record AcceptedCollection(
        CollectionDescription collection, List<Omission> omissions, List<Omission> lostIndexes, List<Fact> problems) {

    /** The options of the command {@code create}, with those that servers before 3.6, 6.0 and 7.0 had besides. */
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

    private static final Set<String> OF_CAPPED = Set.of("size", "max");

    /** Makes it acceptable. */
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
            } else if (OF_CAPPED.contains(name) && !collection.isOrdered()) {
                omissions.add(omission(collection, name, "the collection is not capped"));
            } else {
                // Old shells wrote numbers where booleans are meant.
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
