package dev.monarch.engine.staging;

import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

import dev.monarch.engine.server.ServerCommand;

/**
 * Creates indexes with one command. Retries after transient failures. When it returns, the server has confirmed that
 * they are built.
 *
 * @param database the database
 * @param collection the current name of the collection
 */
record IndexCreation(MongoDatabase database, String collection) {

    /**
     * Creates the indexes. Those that exist already are not an error.
     *
     * @throws MongoException if they cannot be created
     */
    void run(List<BsonDocument> indexes) {
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt > 1) {
                    // A build continues when its client dies, and when its primary steps down.
                    IndexComparison.afterBuilds(database, collection, indexes);
                }
                runOnce(indexes);
                return;
            } catch (MongoException e) {
                WriteAttempts.pauseBeforeNext(e, attempt);
            }
        }
    }

    /**
     * Creates the indexes without retries.
     *
     * @throws MongoException if they cannot be created
     */
    void runOnce(List<BsonDocument> indexes) {
        BsonDocument command = new BsonDocument("createIndexes", new BsonString(collection))
                .append("indexes", new BsonArray(indexes))
                .append("ignoreUnknownIndexOptions", BsonBoolean.TRUE);
        ServerCommand.write(database, command);
    }
}
