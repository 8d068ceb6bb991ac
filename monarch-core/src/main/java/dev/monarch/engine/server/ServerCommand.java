package dev.monarch.engine.server;

import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Runs a command and reads its whole answer.
 *
 * <p>A server answers {@code ok: 1} to a write that it has executed, but whose documents it refused ({@code writeErrors}) or
 * which too few members have confirmed ({@code writeConcernError}). The driver reads both in its own writes; {@link
 * MongoDatabase#runCommand} reads neither. Format: MongoDB manual, "Database Commands", and the answers of the individual
 * commands.
 */
public final class ServerCommand {

    private ServerCommand() {}

    /**
     * Runs a command as it is.
     *
     * @param database where to run it, with the client's settings that apply to a command
     * @param command the command; a write has its write concern in it
     * @return the server's answer, which says that everything was done
     * @throws MongoException if the command failed, if a write error is in the answer or if its write concern was not
     *     satisfied; with the server's code and error labels. In the last case the write was executed, and may yet be rolled
     *     back.
     */
    public static BsonDocument run(MongoDatabase database, BsonDocument command) {
        return complete(command.getFirstKey(), database.runCommand(command, BsonDocument.class));
    }

    /**
     * Runs a command that writes, with the database's write concern.
     *
     * @param database where to run it
     * @param command the command, without a write concern
     * @return the server's answer, which says that everything was done
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
     * Reads an answer that was received otherwise.
     *
     * @param name the command's name, for the message
     * @param answer the server's answer, with {@code ok: 1} in it
     * @return the answer
     * @throws MongoException as {@link #run} does
     */
    public static BsonDocument complete(String name, BsonDocument answer) {
        BsonArray writeErrors = answer.getArray("writeErrors", new BsonArray());
        if (!writeErrors.isEmpty()) {
            BsonDocument first = writeErrors.get(0).asDocument();
            throw failure(
                    "Command '" + name + "' wrote " + (writeErrors.size() == 1 ? "one document" : "some documents")
                            + " not at all",
                    first,
                    answer);
        }
        if (answer.get("writeConcernError") instanceof BsonDocument error) {
            throw failure(
                    "Command '" + name + "' was executed, but the server did not confirm that it will last",
                    error,
                    answer);
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
