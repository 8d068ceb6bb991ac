package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

/**
 * The {@code insert} command with its documents.
 *
 * <p>The driver's own makes several objects of every document, keeps all their ids, and has the server log a number with each
 * for a retry of its own: an eighth of the time a large collection takes to load. Who sends it has to try again by itself.
 */
final class InsertCommand {

    /** What servers take at once ({@code maxWriteBatchSize}). */
    private static final int MOST_DOCUMENTS = 100_000;

    /** A command is as long as a document may be; the largest document goes alone. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private InsertCommand() {}

    /** Distributes documents to commands. */
    static List<List<RawBsonDocument>> portions(List<RawBsonDocument> documents) {
        List<List<RawBsonDocument>> portions = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < documents.size(); i++) {
            bytes += documents.get(i).getByteLength();
            if (i > begin && (bytes > MOST_BYTES || i - begin == MOST_DOCUMENTS)) {
                portions.add(documents.subList(begin, i));
                begin = i;
                bytes = documents.get(i).getByteLength();
            }
        }
        if (begin < documents.size()) {
            portions.add(documents.subList(begin, documents.size()));
        }
        return portions;
    }

    /**
     * Makes the command.
     *
     * @param into the collection
     * @param documents those of one portion
     * @param ordered whether the first that is refused ends it
     * @param bypass whether to go past the collection's validator
     * @return the command, to be acknowledged by the majority
     */
    static BsonDocument of(String into, List<RawBsonDocument> documents, boolean ordered, boolean bypass) {
        BsonDocument command =
                new BsonDocument("insert", new BsonString(into)).append("ordered", BsonBoolean.valueOf(ordered));
        if (bypass) {
            command.append("bypassDocumentValidation", BsonBoolean.TRUE);
        }
        return command.append("writeConcern", new BsonDocument("w", new BsonString("majority")))
                .append("documents", new BsonArray(documents));
    }
}
