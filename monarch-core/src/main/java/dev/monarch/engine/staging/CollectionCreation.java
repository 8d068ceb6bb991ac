package dev.monarch.engine.staging;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonString;

import dev.monarch.engine.server.ServerCommand;
import dev.monarch.transfer.CollectionDescription;

/**
 * Creates the empty collection that documents are loaded into. Retries after transient failures.
 *
 * @param database the database
 * @param collection the description of the collection
 * @param staging its name until the swap
 */
record CollectionCreation(MongoDatabase database, CollectionDescription collection, String staging) {

    /** Creates the collection. If the load is in place, this drops the old collection. */
    void run() {
        run(staging.equals(collection.name()));
    }

    /** Drops the loaded data, and creates the collection again. */
    void runAgain() {
        run(true);
    }

    private void run(boolean exists) {
        for (int attempt = 1; ; attempt++) {
            try {
                // The command may have succeeded even though it returned an error.
                if (exists || attempt > 1) {
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
            // The first document creates it.
            return;
        }
        BsonDocument command = new BsonDocument("create", new BsonString(staging));
        if (!isPlainCopy()) {
            command.putAll(IndexRules.options(collection));
        }
        // If it were rolled back, the first insert would create a collection without options.
        ServerCommand.write(database, command);
    }

    /** The server's own collections cannot be renamed, so their documents are loaded into an ordinary collection. */
    boolean isPlainCopy() {
        return SystemCollections.contains(collection.name());
    }
}
