package dev.monarch.engine.original;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

import dev.monarch.engine.server.RawBytes;

/**
 * What a document was before a change.
 *
 * <pre>{@code
 * { _id: ObjectId(…),                  // the _id of the document
 *   before: BinData(0, …), length: 311, // its BSON, compressed by raw DEFLATE (RFC 1951), and the length of that BSON
 *   after: [ BinData(0, …) ],          // hashes of what was written; empty for a deletion
 *   left: "…" }                        // why it was not undone; absent before an attempt
 * }</pre>
 */
record Original(BsonDocument bson) {

    static final String AFTER = "after";

    static final String LEFT = "left";

    private static final String BEFORE = "before";

    private static final String LENGTH = "length";

    private static final int BUFFER = 8 * 1024;

    static Original of(ChangedOriginal changed) {
        RawBytes before = RawBytes.of(changed.before());
        BsonArray after = new BsonArray();
        changed.after().ifKnown(written -> after.add(DocumentHash.of(written)));
        return new Original(new BsonDocument("_id", changed.before().get("_id"))
                .append(BEFORE, new BsonBinary(compressed(before)))
                .append(LENGTH, new BsonInt32(before.length()))
                .append(AFTER, after));
    }

    BsonValue id() {
        return bson.get("_id", BsonNull.VALUE);
    }

    int length() {
        return bson.getInt32(LENGTH).getValue();
    }

    List<BsonValue> after() {
        return bson.getArray(AFTER).getValues();
    }

    /** Tells whether this is the original of a document that is about to be changed, perhaps again. */
    boolean isOriginalOf(RawBsonDocument document) {
        BsonBinary hash = DocumentHash.of(document);
        return after().contains(hash) || DocumentHash.of(before()).equals(hash);
    }

    RawBsonDocument before() {
        byte[] bytes = new byte[length()];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bson.getBinary(BEFORE).getData());
            int read = 0;
            while (read < bytes.length && !inflater.needsInput()) {
                read += inflater.inflate(bytes, read, bytes.length - read);
            }
            if (read < bytes.length) {
                throw new IllegalStateException("The original of the document " + id() + " is incomplete");
            }
            return new RawBsonDocument(bytes);
        } catch (DataFormatException e) {
            throw new IllegalStateException("The original of the document " + id() + " is damaged", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] compressed(RawBytes document) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(document.array(), document.offset(), document.length());
            deflater.finish();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(document.length() / 2);
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                compressed.write(buffer, 0, deflater.deflate(buffer));
            }
            return compressed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
