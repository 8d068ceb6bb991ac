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
 * Creates indexes with one command, and again where a failure may pass. When it returns, the server has said that they are
 * built.
 *
 * @param database where
 * @param collection the name under which the collection stands now
 */
record IndexCreation(MongoDatabase database, String collection) {

    /**
     * Creates them; those that are there already are no failure.
     *
     * @throws MongoException if that cannot be done
     */
    void run(List<BsonDocument> indexes) {
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt > 1) {
                    // A build goes on when its client is gone, and when its primary steps down.
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
     * Creates them, with one attempt.
     *
     * @throws MongoException if that cannot be done
     */
    void runOnce(List<BsonDocument> indexes) {
        BsonDocument command = new BsonDocument("createIndexes", new BsonString(collection))
                .append("indexes", new BsonArray(indexes))
                .append("ignoreUnknownIndexOptions", BsonBoolean.TRUE);
        ServerCommand.write(database, command);
    }
}
