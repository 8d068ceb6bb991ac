package dev.monarch.engine.staging;

import java.util.List;
import java.util.Set;

import com.mongodb.MongoException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.engine.server.ServerCommand;

/**
 * What a server answers to an {@code insert} command that it has carried out.
 *
 * @param rejections the documents it has not written, in their order
 */
record InsertReply(List<Rejection> rejections) {

    private static final int DUPLICATE_KEY = 11000;

    /**
     * A document that is not written.
     *
     * @param index which of the command's
     * @param code the server's error code
     * @param message the server's words
     * @param isThere whether one with the same {@code _id} is there already
     */
    record Rejection(int index, int code, String message, boolean isThere) {

        private static Rejection of(BsonDocument error) {
            int code = error.getNumber("code", new BsonInt32(-1)).intValue();
            String message = error.getString("errmsg", new BsonString("")).getValue();
            return new Rejection(
                    error.getNumber("index").intValue(),
                    code,
                    message,
                    code == DUPLICATE_KEY && isOfTheId(error, message));
        }

        /** Servers that name no pattern of the keys name the index. */
        private static boolean isOfTheId(BsonDocument error, String message) {
            return error.containsKey("keyPattern")
                    ? error.getDocument("keyPattern").keySet().equals(Set.of("_id"))
                    : message.contains("_id_");
        }
    }

    /**
     * Reads an answer.
     *
     * @throws MongoException if the members of the replica set have not acknowledged what is written
     */
    static InsertReply of(BsonDocument answer) {
        BsonDocument withoutRejections = answer.clone();
        BsonValue rejections = withoutRejections.remove("writeErrors");
        ServerCommand.complete("insert", withoutRejections);
        return new InsertReply((rejections == null ? new BsonArray() : rejections.asArray())
                .stream().map(error -> Rejection.of(error.asDocument())).toList());
    }
}
