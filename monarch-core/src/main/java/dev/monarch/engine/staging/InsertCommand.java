package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.WriteConcern;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

import dev.monarch.engine.server.RawBytes;

/**
 * The {@code insert} command with its documents.
 *
 * <p>The driver's own command creates several objects per document, keeps all ids, and makes the server log a number
 * for each document for retries. That takes an eighth of the time to load a large collection. Callers of this class
 * must retry themselves.
 */
final class InsertCommand {

    /** The maximum number of documents that servers accept in one command ({@code maxWriteBatchSize}). */
    private static final int MAX_DOCUMENTS = 100_000;

    /** Below the limit of a command, which is that of a document. A larger document is sent alone. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private InsertCommand() {}

    /** {@return the length of documents in bytes} */
    static int bytes(List<RawBsonDocument> documents) {
        return documents.stream()
                .mapToInt(document -> RawBytes.of(document).length())
                .sum();
    }

    /** Distributes documents to commands. */
    static List<List<RawBsonDocument>> portions(List<RawBsonDocument> documents) {
        return portions(documents, MAX_BYTES);
    }

    /**
     * Distributes documents.
     *
     * @param maxBytes the maximum length of a portion, unless one document is longer
     */
    static List<List<RawBsonDocument>> portions(List<RawBsonDocument> documents, int maxBytes) {
        List<List<RawBsonDocument>> portions = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < documents.size(); i++) {
            int length = RawBytes.of(documents.get(i)).length();
            bytes += length;
            if (i > begin && (bytes > maxBytes || i - begin == MAX_DOCUMENTS)) {
                portions.add(documents.subList(begin, i));
                begin = i;
                bytes = length;
            }
        }
        if (begin < documents.size()) {
            portions.add(documents.subList(begin, documents.size()));
        }
        return portions;
    }

    /**
     * Creates the command.
     *
     * @param into the collection
     * @param documents the documents of one portion
     * @param ordered whether the first rejected document ends the command
     * @param bypass whether to bypass the collection's validator
     * @param concern when the server answers
     * @return the command
     */
    static BsonDocument of(
            String into, List<RawBsonDocument> documents, boolean ordered, boolean bypass, WriteConcern concern) {
        BsonDocument command =
                new BsonDocument("insert", new BsonString(into)).append("ordered", BsonBoolean.valueOf(ordered));
        if (bypass) {
            command.append("bypassDocumentValidation", BsonBoolean.TRUE);
        }
        return command.append("writeConcern", concern.asDocument()).append("documents", new BsonArray(documents));
    }
}
