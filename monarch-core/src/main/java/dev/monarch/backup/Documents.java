package dev.monarch.backup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.bson.RawBsonDocument;

import dev.monarch.transfer.DocumentBatch;

/** Takes batches apart, for who has to look into documents. */
final class Documents {

    private Documents() {}

    static List<RawBsonDocument> of(DocumentBatch batch) {
        List<RawBsonDocument> documents = new ArrayList<>(batch.documents());
        ByteBuffer lengths = ByteBuffer.wrap(batch.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < batch.length(); ) {
            int length = lengths.getInt(at);
            documents.add(new RawBsonDocument(batch.bytes(), at, length));
            at += length;
        }
        return documents;
    }
}
