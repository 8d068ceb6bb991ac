package dev.monarch.engine.staging;

import java.util.List;
import java.util.Set;

import com.mongodb.MongoException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.DocumentErrors;
import dev.monarch.engine.server.ServerCommand;

/**
 * A server's reply to an {@code insert} command that it has executed.
 *
 * @param rejections the documents that it has not written, in their order
 * @param election the election of the primary that has executed it; null if the server does not name it
 */
record InsertReply(List<Rejection> rejections, @Nullable BsonValue election) {

    private static final int DUPLICATE_KEY = 11000;

    /**
     * A document that the server has not written.
     *
     * @param index its position in the command
     * @param code the server's error code
     * @param message the server's message
     * @param idExists whether a document with the same {@code _id} exists already
     */
    record Rejection(int index, int code, String message, boolean idExists) {

        private static Rejection of(BsonDocument error) {
            int code = error.getNumber("code", new BsonInt32(-1)).intValue();
            String message = error.getString("errmsg", new BsonString("")).getValue();
            return new Rejection(
                    error.getNumber("index").intValue(),
                    code,
                    message,
                    code == DUPLICATE_KEY && isOfTheId(error, message));
        }

        /** Servers that do not report the pattern of the key report the name of the index. */
        private static boolean isOfTheId(BsonDocument error, String message) {
            return error.containsKey("keyPattern")
                    ? error.getDocument("keyPattern").keySet().equals(Set.of("_id"))
                    : message.contains("_id_");
        }
    }

    /**
     * Reads a reply.
     *
     * @throws MongoException if the members of the replica set have not acknowledged the write, or if the server became
     *     unable to write, as at a step-down: it reports that for each document that is left, although none is at fault
     */
    static InsertReply of(BsonDocument answer) {
        BsonDocument withoutRejections = answer.clone();
        BsonValue rejections = withoutRejections.remove("writeErrors");
        ServerCommand.complete("insert", withoutRejections);
        InsertReply reply = new InsertReply(
                (rejections == null ? new BsonArray() : rejections.asArray())
                        .stream().map(error -> Rejection.of(error.asDocument())).toList(),
                answer.get("electionId"));
        reply.rejections.forEach(
                rejection -> DocumentErrors.requireReasonInDocument(rejection.code(), rejection.message()));
        return reply;
    }
}
