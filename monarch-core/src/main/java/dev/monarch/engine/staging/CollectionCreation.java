package dev.monarch.engine.staging;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.transfer.CollectionDescription;

/**
 * Makes the empty collection that documents are loaded into, again where a failure may pass.
 *
 * @param database where
 * @param collection what it is to be like
 * @param staging what it is called meanwhile
 */
record CollectionCreation(MongoDatabase database, CollectionDescription collection, String staging) {

    /** Makes it; who loads in place loses the old one. */
    void run() {
        run(staging.equals(collection.name()));
    }

    /** Makes it anew, without what was loaded. */
    void runAgain() {
        run(true);
    }

    private void run(boolean isThere) {
        for (int attempt = 1; ; attempt++) {
            try {
                // What ended in an error may have happened all the same.
                if (isThere || attempt > 1) {
                    SystemCollections.remove(database, staging);
                }
                create();
                return;
            } catch (MongoException e) {
                WriteAttempts.pauseBeforeNext(e, attempt);
            }
        }
    }

    private void create() {
        if (SystemCollections.contains(staging)) {
            // It comes to be with its first document.
            return;
        }
        BsonDocument command = new BsonDocument("create", new BsonString(staging));
        if (!isPlainCopy()) {
            command.putAll(IndexRules.options(collection));
        }
        // If it were rolled back, the first insert would create a collection without options.
        ServerCommand.write(database, command);
    }

    /** The server's own collections cannot be renamed: what goes into one is loaded into a plain one. */
    boolean isPlainCopy() {
        return SystemCollections.contains(collection.name());
    }
}
