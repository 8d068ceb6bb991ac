package dev.monarch.engine.server;

import java.util.List;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Runs a command and checks its whole reply.
 *
 * <p>A server replies {@code ok: 1} to a write even if it refused documents ({@code writeErrors}) or too few members
 * confirmed it ({@code writeConcernError}). The driver checks both for its own writes, but {@link
 * MongoDatabase#runCommand} does not. Format: MongoDB manual, "Database Commands", and the replies of the individual
 * commands.
 */
public final class ServerCommand {

    private static final int NAMESPACE_EXISTS = 48;

    private ServerCommand() {}

    /**
     * Runs a command.
     *
     * @param database the database, with the client's settings that apply to commands
     * @param command the command; a write includes its write concern
     * @return the server's reply, which reports complete success
     * @throws MongoException if the command failed, if the reply contains a write error, or if the write concern was
     *     not satisfied; with the server's code and error labels. In the last case, the write was executed but may be
     *     rolled back.
     */
    public static BsonDocument run(MongoDatabase database, BsonDocument command) {
        return complete(command.getFirstKey(), database.runCommand(command, BsonDocument.class));
    }

    /**
     * Runs a command that writes, with the database's write concern.
     *
     * @param database the database
     * @param command the command, without a write concern
     * @return the server's reply, which reports complete success
     * @throws MongoException as {@link #run} does
     */
    public static BsonDocument write(MongoDatabase database, BsonDocument command) {
        WriteConcern concern = database.getWriteConcern();
        if (concern.isServerDefault()) {
            return run(database, command);
        }
        return run(database, command.clone().append("writeConcern", concern.asDocument()));
    }

    /**
     * Creates a collection without options, unless another process has just created it.
     *
     * @param database the database
     * @param name the name of the collection
     * @throws MongoException as {@link #run} does
     */
    public static void createCollection(MongoDatabase database, String name) {
        try {
            write(database, new BsonDocument("create", new BsonString(name)));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NAMESPACE_EXISTS) {
                throw e;
            }
        }
    }

    /**
     * Checks a reply that was received in another way.
     *
     * @param name the command's name, for the message
     * @param answer the server's reply, with {@code ok: 1}
     * @return the reply
     * @throws MongoException as {@link #run} does
     */
    public static BsonDocument complete(String name, BsonDocument answer) {
        BsonArray writeErrors = answer.getArray("writeErrors", new BsonArray());
        if (!writeErrors.isEmpty()) {
            BsonDocument first = writeErrors.get(0).asDocument();
            throw failure(
                    "Command '" + name + "' did not write "
                            + (writeErrors.size() == 1 ? "one document" : "some documents"),
                    first,
                    answer);
        }
        if (answer.get("writeConcernError") instanceof BsonDocument error) {
            throw failure(
                    "Command '" + name + "' was executed, but its write concern was not satisfied", error, answer);
        }
        return answer;
    }

    private static MongoException failure(String what, BsonDocument error, BsonDocument answer) {
        int code = error.getNumber("code", new BsonInt32(-1)).intValue();
        String reason =
                error.getString("errmsg", new BsonString("no reason given")).getValue();
        MongoException failure = new MongoException(code, what + ": " + reason + " (error " + code + ")");
        for (BsonDocument labelled : List.of(error, answer)) {
            for (BsonValue label : labelled.getArray("errorLabels", new BsonArray())) {
                failure.addLabel(label.asString().getValue());
            }
        }
        return failure;
    }
}
