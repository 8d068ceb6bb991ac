package dev.monarch.staging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * The {@code insert} command with its documents, as bytes.
 *
 * <p>The driver's own makes several objects of every document, keeps all their ids, and has the server log a number with each
 * for a retry of its own: an eighth of the time a large collection takes to load. Who sends it has to try again by itself.
 */
final class InsertCommand {

    /** What servers take at once ({@code maxWriteBatchSize}). */
    private static final int MOST_DOCUMENTS = 100_000;

    /** A command is as long as a document may be; the largest document goes alone. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** A type, an index of up to five digits, and its end. */
    private static final int AROUND_DOCUMENT = 7;

    private static final byte[] DOCUMENTS = "documents\0".getBytes(StandardCharsets.UTF_8);

    /** A type, a name and a length before the documents; two ends behind them. */
    private static final int AROUND_DOCUMENTS = 1 + DOCUMENTS.length + Integer.BYTES + 2;

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
    static RawBsonDocument of(String into, List<RawBsonDocument> documents, boolean ordered, boolean bypass) {
        byte[] options = options(into, ordered, bypass);
        int length = options.length - 1 + AROUND_DOCUMENTS;
        for (RawBsonDocument document : documents) {
            length += document.getByteLength() + AROUND_DOCUMENT;
        }
        ByteBuffer command = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        command.put(options, 0, options.length - 1);
        command.put((byte) BsonType.ARRAY.getValue()).put(DOCUMENTS);
        int begin = command.position();
        command.position(begin + Integer.BYTES);
        for (int i = 0; i < documents.size(); i++) {
            put(command, i, documents.get(i));
        }
        command.put((byte) 0);
        command.putInt(begin, command.position() - begin);
        command.put((byte) 0);
        command.putInt(0, command.position());
        return new RawBsonDocument(command.array(), 0, command.position());
    }

    private static void put(ByteBuffer command, int index, RawBsonDocument document) {
        command.put((byte) BsonType.DOCUMENT.getValue());
        command.put(Integer.toString(index).getBytes(StandardCharsets.ISO_8859_1));
        command.put((byte) 0);
        command.put(document.getBackingArray(), document.getByteOffset(), document.getByteLength());
    }

    private static byte[] options(String into, boolean ordered, boolean bypass) {
        BsonDocument options =
                new BsonDocument("insert", new BsonString(into)).append("ordered", BsonBoolean.valueOf(ordered));
        if (bypass) {
            options.append("bypassDocumentValidation", BsonBoolean.TRUE);
        }
        options.append("writeConcern", new BsonDocument("w", new BsonString("majority")));
        ByteBuffer bytes = new RawBsonDocument(options, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
