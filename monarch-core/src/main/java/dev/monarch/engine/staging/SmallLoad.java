package dev.monarch.engine.staging;

import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Writes all documents of a small collection after its indexes were created.
 *
 * <p>On a collection with documents, a replica set builds indexes in two phases, which takes at least 100 ms. On an
 * empty collection, it creates them immediately.
 */
final class SmallLoad {

    private static final Logger log = LoggerFactory.getLogger(SmallLoad.class);

    private final SharedLoad loading;

    private final CollectionDescription collection;

    private final String staging;

    SmallLoad(SharedLoad loading, CollectionDescription collection, String staging) {
        this.loading = loading;
        this.collection = collection;
        this.staging = staging;
    }

    /** Tells whether this is faster, and no special rule applies to the collection. */
    static boolean suits(CollectionDescription collection) {
        return collection.type() == CollectionType.COLLECTION
                && !collection.isOrdered()
                && !SystemCollections.contains(collection.name())
                && !IndexRules.toBuild(collection).isEmpty();
    }

    /**
     * Writes the documents, if the indexes allow every one.
     *
     * @return whether all were written; if not, some may be, and the index build that follows finds the cause
     */
    boolean write(List<RawBsonDocument> documents) {
        DocumentFailures refused = new DocumentFailures();
        try {
            new IndexCreation(loading.database(), staging).runOnce(IndexRules.toBuild(collection));
            loading.inserter().reportingTo(refused).insert(staging, collection.name(), documents, false);
            return refused.count() == 0;
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            log.debug("'{}' could not be loaded with its indexes; loading it without them", collection.name(), e);
            return false;
        }
    }
}
