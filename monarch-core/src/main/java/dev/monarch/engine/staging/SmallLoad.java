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
 * Writes all documents of a small collection into its indexes.
 *
 * <p>A replica set builds indexes of what holds anything in two phases, which takes 100 ms however little that is; on an
 * empty collection they are there at once.
 */
final class SmallLoad {

    private static final Logger log = LoggerFactory.getLogger(SmallLoad.class);

    private final Loading loading;

    private final CollectionDescription collection;

    private final String staging;

    SmallLoad(Loading loading, CollectionDescription collection, String staging) {
        this.loading = loading;
        this.collection = collection;
        this.staging = staging;
    }

    /** Tells whether there is anything to gain, and no rule of its own for the collection. */
    static boolean suits(CollectionDescription collection) {
        return collection.type() == CollectionType.COLLECTION
                && !collection.isOrdered()
                && !SystemCollections.contains(collection.name())
                && !IndexRules.toBuild(collection).isEmpty();
    }

    /**
     * Writes them, if the indexes allow every one.
     *
     * @return whether all are written; if not, some may be, and who builds indexes afterwards finds out what is wrong
     */
    boolean write(List<RawBsonDocument> documents) {
        DocumentFailures refused = new DocumentFailures();
        try {
            new IndexCreation(loading.database(), staging).runOnce(IndexRules.toBuild(collection));
            loading.inserter().telling(refused).insert(staging, collection.name(), documents, false);
            return refused.count() == 0;
        } catch (MongoInterruptedException e) {
            throw e;
        } catch (MongoException e) {
            log.debug("'{}' could not be loaded into its indexes", collection.name(), e);
            return false;
        }
    }
}
