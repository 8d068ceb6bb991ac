package dev.monarch.engine.server;

import java.time.Duration;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

/** Reads parameters of a server that are times in seconds. */
public final class ServerParameter {

    private ServerParameter() {}

    /**
     * Reads a parameter.
     *
     * @param admin the database {@code admin}
     * @param name the name of the parameter
     * @param usual the server's default, for a user who may not read it
     * @return the time
     */
    public static Duration seconds(MongoDatabase admin, String name, Duration usual) {
        BsonDocument command = new BsonDocument("getParameter", new BsonInt32(1)).append(name, new BsonInt32(1));
        try {
            return Duration.ofSeconds(admin.runCommand(command, BsonDocument.class)
                    .getNumber(name, new BsonInt64(usual.toSeconds()))
                    .longValue());
        } catch (MongoException e) {
            return usual;
        }
    }
}
