package dev.monarch.sample.server;

import java.nio.file.Path;
import java.util.List;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Keeps databases in a file. Acknowledged writes are in the file, even if the process is killed.
 *
 * <p>It corrects two faults of its parent. The parent writes once a second, also in the middle of a command. It also
 * loses track of documents whose {@code _id} is itself a document (see {@link KeyOrder}).
 */
final class FileBackend extends H2Backend {

    private FileBackend(MVStore store) {
        super(store);
    }

    static FileBackend open(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        return new FileBackend(store);
    }

    /** One command at a time, so that the file never contains half of one. */
    @Override
    public synchronized Document handleMessage(MongoMessage message) {
        try {
            return super.handleMessage(message);
        } finally {
            commit();
        }
    }

    /** The parent opens a map by its name, and gets the map that is already open. */
    @Override
    protected MongoDatabase openOrCreateDatabase(String database) {
        return new H2Database(database, getMvStore(), getCursorRegistry()) {

            @Override
            protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
                openOrdered("databases." + database + "." + collection);
                return super.openOrCreateCollection(collection, options);
            }

            @Override
            protected Index<Object> openOrCreateUniqueIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                openOrdered(database + "." + collection + "._index_" + index);
                return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
            }
        };
    }

    private void openOrdered(String map) {
        getMvStore().openMap(map, new MVMap.Builder<>().keyType(new KeyOrder()));
    }
}
